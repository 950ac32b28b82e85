import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const ingestAlbumsTask = (deps: Deps) =>
  defineTask(deps, 'ingest-albums', {
    timeoutMs: 180 * MINUTE_MS,
    run: async ({ trigger }, signal) => void (await ingestAlbums(deps, trigger, signal)),
  });
