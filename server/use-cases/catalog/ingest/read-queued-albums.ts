import type { Deps } from '#server/deps.ts';
import type { AlbumReading } from '#server/providers/ports.ts';
import { claimSources, releaseSources, requeueSources } from '#server/repos/catalog/album-sources.ts';
import type { ClaimedSource } from '#server/repos/catalog/album-sources.ts';
import { AppError } from '#shared/errors.ts';
import type { AlbumWriter } from './write-albums.ts';

/** Import lines claimed at a time: few enough to release quickly, enough to keep every reader busy. */
const CLAIM_SIZE = 400;
/** So many failed reads in a row are an outage, not odd albums. */
const OUTAGE_READS = 3;
/** Reads of one album that fail while others succeed, after which its line fails. */
const READS_MAX = 3;

interface Reading {
  readonly signal: AbortSignal;
  /** Called after each batch. */
  readonly onRead: () => Promise<void>;
}

type ReadDeps = Pick<Deps, 'db' | 'now' | 'catalog' | 'settings'>;

/**
 * Reads every queued album and passes it to the writer. Readers share one queue of claimed lines. An album that cannot be read is left aside while others
 * can: its line is queued again and its error thrown at the end, and its third such failure is final. A rate limit, an outage or a failed write stops
 * all readers, and unread lines are queued again.
 */
export async function readQueuedAlbums(deps: ReadDeps, writer: AlbumWriter, { signal, onRead }: Reading): Promise<void> {
  const nextBatch = createClaims(deps, await deps.catalog.albumsPerRequest());
  const leftAside: { readonly source: ClaimedSource; readonly error: AppError }[] = [];
  let failure: { cause: unknown } | undefined;
  let failedInARow = 0;
  let readCount = 0;

  const write = async (batch: readonly ClaimedSource[], readings: readonly AlbumReading[]) => {
    await writer.add(batch.map((source, at) => ({ source, reading: readings[at] ?? { kind: 'unreadable' } })));
    for (const { id } of batch) nextBatch.unfinished.delete(id);
  };
  const readBatch = async (batch: readonly ClaimedSource[]): Promise<void> => {
    const readings = await readOrError(deps, batch, signal);
    if (!(readings instanceof AppError)) {
      failedInARow = 0;
      readCount += batch.length;
      return write(batch, readings);
    }
    const [source, ...others] = batch;
    if (others.length > 0) {
      for (const one of batch) await readBatch([one]);
    } else if (source) {
      leftAside.push({ source, error: readings });
      failedInARow += 1;
      if (failedInARow >= OUTAGE_READS) throw readings;
    }
  };
  const reader = async () => {
    while (!failure && !signal.aborted) {
      const batch = await nextBatch.take();
      if (batch.length === 0) return;
      await readBatch(batch);
      await onRead();
    }
  };
  const readers = Array.from({ length: deps.settings.ingestConcurrency }, () => reader().catch((cause: unknown) => (failure ??= { cause })));
  await Promise.all(readers);
  // Without another album that could be read, nothing says that these are the cause.
  const final = failure || readCount === 0 ? [] : leftAside.filter(({ source }) => source.attempts >= READS_MAX).map(({ source }) => source);
  if (final.length > 0) await write(final, []);
  await requeue(deps, nextBatch.unfinished, new Set(leftAside.map(({ source }) => source.id)));
  if (failure) throw failure.cause;
  if (signal.aborted)
    throw new AppError('rate_limited', { message: 'The worker is stopping. The remaining albums are read after its restart.', retryAfterMs: 1_000 });
  const waiting = leftAside.find(({ source }) => !final.includes(source));
  if (waiting) throw waiting.error;
}

interface Claims {
  /** Claimed lines that were not passed to the writer. */
  readonly unfinished: Set<number>;
  take(): Promise<ClaimedSource[]>;
}

function createClaims(deps: Pick<Deps, 'db' | 'now'>, perRequest: number): Claims {
  const claimed: ClaimedSource[] = [];
  const unfinished = new Set<number>();
  let claiming: Promise<void> | undefined;
  const claimMore = async () => {
    const more = await claimSources(deps.db, CLAIM_SIZE, deps.now());
    for (const source of more) unfinished.add(source.id);
    claimed.push(...more);
  };
  return {
    unfinished,
    take: async () => {
      if (claimed.length < perRequest) {
        claiming ??= claimMore().finally(() => (claiming = undefined));
        await claiming;
      }
      return claimed.splice(0, perRequest);
    },
  };
}

/** Returns the error of a read that may be about these albums alone; throws any other. */
async function readOrError(deps: ReadDeps, batch: readonly ClaimedSource[], signal: AbortSignal): Promise<readonly AlbumReading[] | AppError> {
  try {
    return await deps.catalog.readAlbums(
      batch.map((source) => source.albumId),
      signal,
    );
  } catch (error) {
    const isAboutAlbums =
      error instanceof AppError && (error.code === 'provider_unavailable' || error.code === 'provider_rejected' || error.code === 'too_large');
    if (isAboutAlbums && !signal.aborted) return error;
    throw error;
  }
}

/** Lines that were not read keep their number of attempts. */
async function requeue(deps: Pick<Deps, 'db' | 'now'>, unfinished: ReadonlySet<number>, tried: ReadonlySet<number>): Promise<void> {
  const ids = [...unfinished];
  await requeueSources(
    deps.db,
    deps.now(),
    ids.filter((id) => tried.has(id)),
  );
  await releaseSources(
    deps.db,
    deps.now(),
    ids.filter((id) => !tried.has(id)),
  );
}
