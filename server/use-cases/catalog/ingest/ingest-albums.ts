import type { Deps } from '#server/deps.ts';
import { countSourcesByStatus, requeueSources } from '#server/repos/catalog/album-sources.ts';
import { applyLoad, listStagedLoads } from '#server/repos/catalog/catalog-load.ts';
import { deleteStagedLoad } from '#server/repos/catalog/stage-albums.ts';
import { isDataRefusal } from '#server/repos/data-refusal.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import { matchRecordings } from './match-recordings.ts';
import { readQueuedAlbums } from './read-queued-albums.ts';
import { createAlbumWriter } from './write-albums.ts';

type IngestDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'catalog' | 'settings' | 'log'>;

/**
 * Reads every queued album and writes it to the catalog. Resumable: loads staged before a crash are applied first, and lines that were not finished
 * are read again. On a rate limit, albums already read are stored and the error has the time to continue.
 */
export async function ingestAlbums(deps: IngestDeps, { signal }: { signal: AbortSignal }, report: Report = async () => {}): Promise<Outcome> {
  await resumeInterrupted(deps);
  const merged = await matchRecordings(deps, signal, report);
  const waiting = (await countSourcesByStatus(deps.db)).queued;
  const writer = createAlbumWriter(deps, (done, failures) =>
    report({ doing: 'Reading albums from Spotify', done, total: Math.max(waiting, done), failures }),
  );
  await report({ doing: 'Reading albums from Spotify', done: 0, total: waiting });
  try {
    await readQueuedAlbums(deps, writer, { signal, onRead: createHeartbeat(deps, report) });
  } finally {
    await writer.finish();
    const { written } = writer.counts();
    if (written > 0) await enqueueJob(deps.db, 'enrich-tracks', { payload: { trigger: 'ingest' }, key: 'enrich-tracks', queue: 'enrich-tracks' });
  }
  const { written, failed } = writer.counts();
  const also = mergedWords(merged + (await matchRecordings(deps, signal, report)));
  if (written > 0 || also !== '')
    await enqueueJob(deps.db, 'index-search', { payload: { trigger: 'ingest' }, key: 'index-search', queue: 'index-search' });
  if (written + failed === 0) return { outcome: `No albums were queued.${also}` };
  return { outcome: `${amount(written)} ${written === 1 ? 'album' : 'albums'} imported${failed > 0 ? `, ${amount(failed)} failed` : ''}.${also}` };
}

/** Says once a minute that albums are read, though a load of them takes longer to fill. */
function createHeartbeat(deps: Pick<Deps, 'now'>, report: Report): () => Promise<void> {
  let saidAt = deps.now().getTime();
  return async () => {
    const now = deps.now().getTime();
    if (now - saidAt < MINUTE_MS) return;
    saidAt = now;
    await report({});
  };
}

async function resumeInterrupted(deps: IngestDeps): Promise<void> {
  for (const loadId of await listStagedLoads(deps.db)) {
    await deps.db
      .transaction((tx) => applyLoad(tx, { loadId, at: deps.now(), source: 'spotify' }))
      .catch(async (error: unknown) => {
        if (!isDataRefusal(error)) throw error;
        // Its albums are read again, and then written one by one.
        deps.log.warn('albums staged before a crash cannot be stored', { loadId, error });
        await deleteStagedLoad(deps.db, loadId);
      });
  }
  await requeueSources(deps.db, deps.now());
}

function mergedWords(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? ' 1 recording turned out to be another one and was merged.'
    : ` ${amount(count)} recordings turned out to be others and were merged.`;
}

const amount = (value: number) => value.toLocaleString('en');
