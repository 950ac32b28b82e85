import type { Deps } from '#server/deps.ts';

/** What running a render needs. */
export type RenderDeps = Pick<
  Deps,
  'db' | 'now' | 'newId' | 'log' | 'assets' | 'coverFiles' | 'videoFiles' | 'renderVendors' | 'models' | 'faultPoint'
>;
