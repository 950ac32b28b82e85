import type { Deps } from '#server/deps.ts';
import type { AlbumReading, CatalogAlbum } from '#server/providers/ports.ts';
import { markSourcesFailed } from '#server/repos/catalog/album-sources.ts';
import type { ClaimedSource } from '#server/repos/catalog/album-sources.ts';
import { applyLoad } from '#server/repos/catalog/catalog-load.ts';
import { deleteStagedLoad, stageAlbums } from '#server/repos/catalog/stage-albums.ts';
import { isDataRefusal } from '#server/repos/data-refusal.ts';
import type { SourceFailure } from '#shared/vocabulary.ts';
import { identifyTracks } from './identify-tracks.ts';
import type { PendingIdentities } from './identify-tracks.ts';

interface ReadSource {
  readonly source: ClaimedSource;
  readonly reading: AlbumReading;
}

export interface AlbumWriter {
  /** Adds readings; waits only while a full load is still being written. */
  add(read: readonly ReadSource[]): Promise<void>;
  /** Writes the remaining readings. Throws when a load could not be written. */
  finish(): Promise<void>;
  counts(): { written: number; failed: number };
}

/** Tracks in one load: large enough for COPY to pay off, small enough to limit memory use and the cost of a crash. */
const LOAD_TRACKS = 4_000;

const FAILURES: Record<Exclude<AlbumReading['kind'], 'found'>, SourceFailure> = {
  gone: 'album_gone',
  region_blocked: 'album_region_blocked',
  empty: 'album_empty',
  incomplete: 'album_incomplete',
  unreadable: 'unreadable_answer',
};

type WriterDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'log'>;

/** Loads in progress at once: one is applied, the next is staged, and a third may fill behind them so that no reader waits. */
const LOADS_IN_PROGRESS_MAX = 3;

/**
 * Collects readings into loads. Each load is identified and staged while the one before it is applied to the catalog, in order. A load whose values
 * Postgres refuses is written album by album, so that only the albums that cannot be stored fail.
 */
export function createAlbumWriter(deps: WriterDeps, onWritten: (done: number, failures: number) => Promise<void>): AlbumWriter {
  let waiting: ReadSource[] = [];
  let waitingTracks = 0;
  let staging: Promise<unknown> = Promise.resolve();
  let applying: Promise<void> = Promise.resolve();
  const inProgress: Promise<void>[] = [];
  const pending = new Set<PendingIdentities>();
  const counts = { written: 0, failed: 0 };

  const write = async (read: readonly ReadSource[], staged: Promise<StagedLoad>) => {
    const failed = await applyOnce(deps, staged, pending).catch((error: unknown) => {
      if (isDataRefusal(error)) return writeOneByOne(deps, read);
      throw error;
    });
    counts.failed += failed;
    counts.written += read.length - failed;
    await onWritten(counts.written + counts.failed, counts.failed);
  };
  const flush = () => {
    const read = waiting;
    waiting = [];
    waitingTracks = 0;
    const staged = staging.then(async () => {
      const load = await stageLoad(deps, read, [...pending]);
      pending.add(load.decisions);
      return load;
    });
    // A load must not be applied after a failed one: it may refer to its recordings. The next run applies both in order.
    const done = applying.then(() => write(read, staged));
    staging = staged.catch((error: unknown) => {
      if (!isDataRefusal(error)) throw error;
    });
    applying = done;
    inProgress.push(done);
    // Failures are thrown to the next caller that waits; until then they must not count as unhandled.
    for (const promise of [staged, staging, done]) promise.catch(() => {});
  };
  return {
    async add(read) {
      waiting.push(...read);
      for (const { reading } of read) waitingTracks += reading.kind === 'found' ? reading.album.tracks.length : 1;
      while (waitingTracks >= LOAD_TRACKS) {
        if (inProgress.length < LOADS_IN_PROGRESS_MAX) flush();
        else {
          const first = inProgress[0];
          await first;
          if (inProgress[0] === first) void inProgress.shift();
        }
      }
    },
    async finish() {
      if (waiting.length > 0) flush();
      await applying;
    },
    counts: () => ({ ...counts }),
  };
}

interface StagedLoad {
  readonly id: string;
  readonly failures: readonly { readonly id: number; readonly failure: SourceFailure }[];
  readonly decisions: PendingIdentities;
}

async function stageLoad(deps: WriterDeps, read: readonly ReadSource[], pending: readonly PendingIdentities[]): Promise<StagedLoad> {
  const found: { sourceId: number; album: CatalogAlbum }[] = [];
  const failures: { id: number; failure: SourceFailure }[] = [];
  for (const { source, reading } of read) {
    if (reading.kind === 'found') found.push({ sourceId: source.id, album: reading.album });
    else failures.push({ id: source.id, failure: FAILURES[reading.kind] });
  }
  const { albums, ...decisions } = await identifyTracks(
    deps,
    found.map(({ album }) => album),
    pending,
  );
  const staged = found.flatMap(({ sourceId }, i) => {
    const album = albums[i];
    return album ? [{ sourceId, album }] : [];
  });
  const id = deps.newId();
  await stageAlbums(deps.db, { id, at: deps.now() }, staged);
  return { id, failures, decisions };
}

/** Applies a load and returns how many of its lines failed. A load that is refused is removed, and later ones no longer build on its decisions. */
async function applyOnce(deps: WriterDeps, staged: Promise<StagedLoad>, pending: Set<PendingIdentities>): Promise<number> {
  const load = await staged;
  try {
    await applyStaged(deps, load);
    return load.failures.length;
  } catch (error) {
    if (isDataRefusal(error)) await deleteStagedLoad(deps.db, load.id);
    throw error;
  } finally {
    pending.delete(load.decisions);
  }
}

/** Writes each album as a load of its own and returns how many lines failed. */
async function writeOneByOne(deps: WriterDeps, read: readonly ReadSource[]): Promise<number> {
  let failed = 0;
  for (const one of read) {
    const isWritten = await applyOnce(deps, stageLoad(deps, [one], []), new Set()).then(
      (failures) => failures === 0,
      async (error: unknown) => {
        if (!isDataRefusal(error)) throw error;
        deps.log.warn('an album cannot be stored', { albumId: one.source.albumId, error });
        await markSourcesFailed(deps.db, deps.now(), [{ id: one.source.id, failure: 'unreadable_answer' }]);
        return false;
      },
    );
    if (!isWritten) failed += 1;
  }
  return failed;
}

async function applyStaged(deps: WriterDeps, load: StagedLoad): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await applyLoad(tx, { loadId: load.id, at: deps.now(), source: 'spotify' });
    await markSourcesFailed(tx, deps.now(), load.failures);
  });
}
