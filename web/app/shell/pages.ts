/** The pages with a keyboard shortcut: "g", then the key. */
export const PAGES = [
  { key: 'n', to: '/', name: 'Network', admin: false },
  { key: 'u', to: '/covers', name: 'Covers', admin: false },
  { key: 'b', to: '/library', name: 'Library', admin: false },
  { key: 'o', to: '/admin', name: 'Today', admin: true },
  { key: 'i', to: '/admin/intake', name: 'Import', admin: true },
  { key: 'p', to: '/admin/playlists', name: 'Playlists', admin: true },
  { key: 's', to: '/admin/sync', name: 'Sync', admin: true },
  { key: 'j', to: '/admin/jobs', name: 'Jobs', admin: true },
  { key: 'c', to: '/admin/scaling', name: 'Scaling', admin: true },
  { key: 'l', to: '/admin/policies', name: 'Policies', admin: true },
  { key: 'a', to: '/admin/accounts', name: 'Accounts', admin: true },
  { key: 'v', to: '/admin/vendors', name: 'Vendors', admin: true },
  { key: 'm', to: '/admin/usage', name: 'Usage', admin: true },
  { key: 'h', to: '/admin/covers', name: 'Cover history', admin: true },
  { key: 'e', to: '/admin/models', name: 'Models', admin: true },
  { key: 'r', to: '/admin/loras', name: 'LoRA', admin: true },
] as const;
