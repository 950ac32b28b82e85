import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const ingestAlbumsTask = (deps: Deps) =>
  defineTrackedTask(deps, 'ingest-albums', {
    timeoutMs: 180 * MINUTE_MS,
    stallMs: 30 * MINUTE_MS,
    trigger: ({ trigger }) => trigger,
    run: (_, signal, report) => ingestAlbums(deps, { signal }, report),
  });
