import type { Deps } from '#server/deps.ts';
import { claimSources, countSourcesByStatus, requeueSources } from '#server/repos/catalog/album-sources.ts';
import type { ClaimedSource } from '#server/repos/catalog/album-sources.ts';
import { applyLoad, listStagedLoads } from '#server/repos/catalog/catalog-load.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { AppError } from '#shared/errors.ts';
import { matchRecordings } from './match-recordings.ts';
import { createAlbumWriter } from './write-albums.ts';
import type { AlbumWriter } from './write-albums.ts';

type IngestDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'newId' | 'catalog' | 'settings' | 'log'>;

/** Import lines claimed at a time: few enough to release quickly, enough to keep every reader busy. */
const CLAIM_SIZE = 400;

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
    await readAll(deps, writer, signal);
  } finally {
    await writer.finish();
    const { written } = writer.counts();
    if (written > 0) await enqueueJob(deps.db, 'enrich-tracks', { payload: { trigger: 'ingest' }, key: 'enrich-tracks', queue: 'enrich-tracks' });
  }
  const { written, failed } = writer.counts();
  const also = mergedWords(merged + (await matchRecordings(deps, signal, report)));
  if (written + failed === 0) return { outcome: `No albums were queued.${also}` };
  return { outcome: `${amount(written)} ${written === 1 ? 'album' : 'albums'} imported${failed > 0 ? `, ${amount(failed)} failed` : ''}.${also}` };
}

async function resumeInterrupted(deps: IngestDeps): Promise<void> {
  for (const loadId of await listStagedLoads(deps.db)) {
    await deps.db.transaction((tx) => applyLoad(tx, { loadId, at: deps.now(), source: 'spotify' }));
  }
  await requeueSources(deps.db, deps.now());
}

/** Readers share one queue of claimed lines. The first failure stops them all, and unread lines are queued again. */
async function readAll(deps: IngestDeps, writer: AlbumWriter, signal: AbortSignal): Promise<void> {
  const perRequest = await deps.catalog.albumsPerRequest();
  const claimed: ClaimedSource[] = [];
  const unfinished = new Set<number>();
  let claiming: Promise<void> | undefined;
  let failure: { cause: unknown } | undefined;

  const claimMore = async () => {
    const more = await claimSources(deps.db, CLAIM_SIZE, deps.now());
    for (const source of more) unfinished.add(source.id);
    claimed.push(...more);
  };
  const nextBatch = async (): Promise<ClaimedSource[]> => {
    if (claimed.length < perRequest) {
      claiming ??= claimMore().finally(() => (claiming = undefined));
      await claiming;
    }
    return claimed.splice(0, perRequest);
  };
  const reader = async () => {
    while (!failure && !signal.aborted) {
      const batch = await nextBatch();
      if (batch.length === 0) return;
      const readings = await deps.catalog.readAlbums(
        batch.map((source) => source.albumId),
        signal,
      );
      await writer.add(batch.map((source, i) => ({ source, reading: readings[i] ?? { kind: 'unreadable' } })));
      for (const source of batch) unfinished.delete(source.id);
    }
  };
  const readers = Array.from({ length: deps.settings.ingestConcurrency }, () => reader().catch((cause: unknown) => (failure ??= { cause })));
  await Promise.all(readers);
  await requeueSources(deps.db, deps.now(), [...unfinished]);
  if (failure) throw failure.cause;
  if (signal.aborted)
    throw new AppError('rate_limited', { message: 'The worker is stopping. The remaining albums are read after its restart.', retryAfterMs: 1_000 });
}

function mergedWords(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? ' 1 recording turned out to be another one and was merged.'
    : ` ${amount(count)} recordings turned out to be others and were merged.`;
}

const amount = (value: number) => value.toLocaleString('en');
