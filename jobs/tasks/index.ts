import type { TimedTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { checkCoverUploadsTask } from './check-cover-uploads.ts';
import { curatePlaylistsTask } from './curate-playlists.ts';
import { drawCoversTask } from './draw-covers.ts';
import { enrichTracksTask } from './enrich-tracks.ts';
import { indexSearchTask } from './index-search.ts';
import { ingestAlbumsTask } from './ingest-albums.ts';
import { reconcilePlaylistsTask } from './reconcile-playlists.ts';
import { refreshModelPricesTask } from './refresh-model-prices.ts';
import { refreshTokensTask } from './refresh-tokens.ts';
import { runRenderTask } from './run-render.ts';
import { scalePlaylistsTask } from './scale-playlists.ts';
import { simulatePoliciesTask } from './simulate-policies.ts';
import { syncPlaylistsTask } from './sync-playlists.ts';
import { checkAssetsTask } from './check-assets.ts';
import { tidyStudioTask } from './tidy-studio.ts';
import { watchNetworkTask } from './watch-network.ts';

/** The handler of every job; a name without a handler does not compile. */
export function createTasks(deps: Deps) {
  return {
    'ingest-albums': ingestAlbumsTask(deps),
    'enrich-tracks': enrichTracksTask(deps),
    'curate-playlists': curatePlaylistsTask(deps),
    'reconcile-playlists': reconcilePlaylistsTask(deps),
    'refresh-model-prices': refreshModelPricesTask(deps),
    'refresh-tokens': refreshTokensTask(deps),
    'run-render': runRenderTask(deps),
    'scale-playlists': scalePlaylistsTask(deps),
    'check-cover-uploads': checkCoverUploadsTask(deps),
    'draw-covers': drawCoversTask(deps),
    'simulate-policies': simulatePoliciesTask(deps),
    'sync-playlists': syncPlaylistsTask(deps),
    'check-assets': checkAssetsTask(deps),
    'index-search': indexSearchTask(deps),
    'tidy-studio': tidyStudioTask(deps),
    'watch-network': watchNetworkTask(deps),
  } satisfies Record<JobName, TimedTask>;
}
