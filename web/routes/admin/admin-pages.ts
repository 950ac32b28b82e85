/** The operator's pages, loaded as one chunk. */
export { AdminFrame } from './admin-frame.tsx';
export { OverviewPage } from './overview-page.tsx';
export { ImportPage } from './import-page.tsx';
export { PlaylistsPage } from './playlists-page.tsx';
export { ScalingPage } from './scaling-page.tsx';
export { SyncPage } from './sync-page.tsx';
export { JobsPage } from './jobs-page.tsx';
export { AccountsPage } from './accounts-page.tsx';
export { VendorsPage } from './vendors-page.tsx';
export { PoliciesPage } from './policies-page.tsx';
