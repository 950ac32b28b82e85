import type { Deps } from '#server/deps.ts';
import { mergeRecordings } from '#server/repos/catalog/recording-merges.ts';
import {
  countUnread,
  listOddIsrcs,
  listSeparated,
  listSharingIsrc,
  listSharingKey,
  listUnread,
  replaceIsrcs,
  saveMatchKeys,
  saveSearchTexts,
} from '#server/repos/catalog/unread-recordings.ts';
import type { UnreadRecording } from '#server/repos/catalog/unread-recordings.ts';
import type { Report } from '#server/use-cases/progress.ts';
import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { findMerges, matchKey } from '#shared/domain/catalog/recording-identity.ts';
import type { IdentityCandidate, RecordingMerge } from '#shared/domain/catalog/recording-identity.ts';
import { searchText } from '#shared/domain/catalog/search-text.ts';
import { AppError } from '#shared/errors.ts';
import { setImmediate } from 'node:timers/promises';

type MatchDeps = Pick<Deps, 'db' | 'now'>;

/** Recordings read, and keys compared, at a time: memory does not grow with the catalog, and no lock is held for long. */
const RECORDINGS_AT_ONCE = 5_000;
const KEYS_AT_ONCE = 2_000;
const COUNTED_MAX = 5_000_000;

/**
 * Reads again the recordings that a migration, or a renamed artist, marked: their match keys, then the merges that these and the ISRCs show, then their
 * search texts. Resumable: the marks go last. Returns how many were merged. The caller must be the only one ingesting.
 */
export async function matchRecordings(deps: MatchDeps, signal: AbortSignal, report: Report): Promise<number> {
  const total = await countUnread(deps.db, COUNTED_MAX);
  if (total === 0) return 0;
  const each = eachUnread(deps, signal, (doing, done) => report({ doing, done: Math.min(done, total), total }));
  await each('Computing match keys', async (rows) => {
    const keys = rows.map(({ id, title, artists, matchKey: stored }) => ({ id, stored, matchKey: matchKey(title, artists) }));
    await saveMatchKeys(
      deps.db,
      keys.filter((row) => row.matchKey !== row.stored).map(({ id, matchKey: key }) => ({ id, matchKey: key })),
    );
  });
  const merged = (await mergeByIsrc(deps)) + (await mergeByTitle(deps, signal));
  await each('Preparing the search', async (rows) => {
    await saveSearchTexts(
      deps.db,
      rows.map(({ id, title, artists }) => ({ id, searchText: searchText(title, artists) })),
    );
  });
  return merged;
}

/** Returns a function that does a step with all unread recordings, some at a time. */
function eachUnread(deps: MatchDeps, signal: AbortSignal, report: (doing: string, done: number) => Promise<void>) {
  return async (doing: string, work: (rows: readonly UnreadRecording[]) => Promise<void>): Promise<void> => {
    let done = 0;
    for (let rows = await listUnread(deps.db, 0, RECORDINGS_AT_ONCE); rows.length > 0;) {
      throwIfStopped(signal);
      await work(rows);
      done += rows.length;
      await report(doing, done);
      rows = await listUnread(deps.db, rows.at(-1)?.id ?? 0, RECORDINGS_AT_ONCE);
    }
  };
}

async function mergeByIsrc(deps: MatchDeps): Promise<number> {
  const odd = await listOddIsrcs(deps.db);
  if (odd.length > 0) {
    const forms = odd.map((given) => ({ given, isrc: normalizeIsrc(given) }));
    await deps.db.transaction((tx) => replaceIsrcs(tx, forms));
  }
  return merge(deps, await listSharingIsrc(deps.db));
}

async function mergeByTitle(deps: MatchDeps, signal: AbortSignal): Promise<number> {
  const separated = await listSeparated(deps.db);
  let merged = 0;
  for (let after = ''; ;) {
    throwIfStopped(signal);
    const { recordings, lastKey } = await listSharingKey(deps.db, after, KEYS_AT_ONCE);
    if (lastKey === undefined) return merged;
    const found = byKey(recordings).flatMap((group) => findMerges(group, (one, other) => separated.has(`${one}:${other}`)));
    merged += await merge(deps, found);
    after = lastKey;
    // Comparing keys is all computing: other requests of the process come first.
    await setImmediate();
  }
}

async function merge(deps: MatchDeps, merges: readonly RecordingMerge[]): Promise<number> {
  if (merges.length === 0) return 0;
  return deps.db.transaction((tx) => mergeRecordings(tx, merges, deps.now()));
}

function byKey(recordings: readonly IdentityCandidate[]): IdentityCandidate[][] {
  const groups = new Map<string, IdentityCandidate[]>();
  for (const recording of recordings) {
    const group = groups.get(recording.matchKey);
    if (group) group.push(recording);
    else groups.set(recording.matchKey, [recording]);
  }
  return [...groups.values()];
}

function throwIfStopped(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new AppError('rate_limited', { message: 'The worker is stopping. Matching continues after its restart.', retryAfterMs: 1_000 });
}
