import type { Deps } from '#server/deps.ts';
import type { AlbumReading, CatalogueAlbum } from '#server/providers/ports.ts';
import { markSourcesFailed } from '#server/repos/album-sources.ts';
import type { ClaimedSource } from '#server/repos/album-sources.ts';
import { applyLoad } from '#server/repos/catalogue-load.ts';
import { copyAlbumsToStaging } from '#server/repos/copy-albums.ts';
import type { SourceFailure } from '#shared/vocabulary.ts';
import { identifyTracks } from './identify-tracks.ts';

interface ReadSource {
  readonly source: ClaimedSource;
  readonly reading: AlbumReading;
}

export interface AlbumWriter {
  /** Takes readings; waits only while a full load is still being written. */
  add(read: readonly ReadSource[]): Promise<void>;
  /** Writes what is left. Throws when a load could not be written. */
  finish(): Promise<void>;
  counts(): { written: number; failed: number };
}

/** Tracks in one load: large enough for COPY to pay, small enough to keep memory flat and a crash cheap. */
const LOAD_TRACKS = 4_000;

const FAILURES: Record<Exclude<AlbumReading['kind'], 'found'>, SourceFailure> = {
  gone: 'album_gone',
  region_blocked: 'album_region_blocked',
  empty: 'album_empty',
  incomplete: 'album_incomplete',
  unreadable: 'unreadable_answer',
};

type WriterDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'newId'>;

/** Gathers readings into loads and writes one load at a time while the next is being read. */
export function createAlbumWriter(deps: WriterDeps, onWritten: (done: number, failures: number) => Promise<void>): AlbumWriter {
  let waiting: ReadSource[] = [];
  let waitingTracks = 0;
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;
  const counts = { written: 0, failed: 0 };

  const write = async (read: readonly ReadSource[]) => {
    const failed = await writeLoad(deps, read);
    counts.failed += failed;
    counts.written += read.length - failed;
    await onWritten(counts.written + counts.failed, counts.failed);
  };
  const flush = () => {
    const read = waiting;
    waiting = [];
    waitingTracks = 0;
    isWriting = true;
    writing = write(read).finally(() => (isWriting = false));
    // The failure is thrown to whoever waits next; until then it must not count as unhandled.
    writing.catch(() => {});
  };
  return {
    async add(read) {
      waiting.push(...read);
      for (const { reading } of read) waitingTracks += reading.kind === 'found' ? reading.album.tracks.length : 1;
      while (waitingTracks >= LOAD_TRACKS) {
        if (isWriting) await writing;
        else flush();
      }
    },
    async finish() {
      await writing;
      if (waiting.length === 0) return;
      flush();
      await writing;
    },
    counts: () => ({ ...counts }),
  };
}

/** Stages and applies one load; answers how many lines failed. */
async function writeLoad(deps: WriterDeps, read: readonly ReadSource[]): Promise<number> {
  const found: { sourceId: number; album: CatalogueAlbum }[] = [];
  const failures: { id: number; failure: SourceFailure }[] = [];
  for (const { source, reading } of read) {
    if (reading.kind === 'found') found.push({ sourceId: source.id, album: reading.album });
    else failures.push({ id: source.id, failure: FAILURES[reading.kind] });
  }
  const bodies = await identifyTracks(
    deps,
    found.map(({ album }) => album),
  );
  const staged = found.flatMap(({ sourceId }, i) => {
    const album = bodies[i];
    return album ? [{ sourceId, album }] : [];
  });
  const loadId = deps.newId();
  await copyAlbumsToStaging(deps.stream, { id: loadId, at: deps.now() }, staged);
  await deps.db.transaction(async (tx) => {
    await applyLoad(tx, { loadId, at: deps.now(), source: 'spotify' });
    await markSourcesFailed(tx, deps.now(), failures);
  });
  return failures.length;
}
