/** The areas in their order: a later one may import an earlier one, never the other way round. */
export const AREAS = ['auth', 'accounts', 'catalog', 'policies', 'curation', 'sync', 'playlists', 'scaling', 'operations'];
