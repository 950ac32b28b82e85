import { createCatalogCache } from '#server/use-cases/catalog/cached-catalog.ts';
import { createFeasibilityCache } from '#server/use-cases/curation/feasibility/feasibility-cache.ts';
import { createPausedTasksCache } from '#server/use-cases/operations/jobs/admit-job.ts';
import { createProofCache } from '#server/use-cases/playlists/cached-proof.ts';
import { createSnapshotsCache } from '#server/use-cases/playlists/cached-snapshots.ts';
import { createShortLinks } from '#server/use-cases/studio/short-links/short-link-cache.ts';
import type { Caches } from './deps.ts';
import pLimit from 'p-limit';

/** Creates the empty caches of one process and database. */
export function createCaches(): Caches {
  return {
    catalog: createCatalogCache(),
    proof: createProofCache(),
    snapshots: createSnapshotsCache(),
    feasibility: createFeasibilityCache(),
    feasibilityThreads: pLimit(1),
    pausedTasks: createPausedTasksCache(),
    shortLinks: createShortLinks(),
  };
}
