import type { Deps } from '#server/deps.ts';
import {
  addSearchWords,
  deleteSearchEntries,
  listSearchSources,
  listUnindexed,
  saveSearchEntries,
  settleSearchIndexes,
  takeSearchChanges,
} from '#server/repos/discovery/search-index.ts';
import type { SearchSource } from '#server/repos/discovery/search-index.ts';
import type { Db } from '#server/repos/database.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { indexedText, wordForms } from '#shared/domain/discovery/search/words.ts';
import { AppError } from '#shared/errors.ts';
import { SEARCH_KINDS } from '#shared/vocabulary.ts';
import type { SearchKind } from '#shared/vocabulary.ts';
import { setImmediate } from 'node:timers/promises';

/** Memory does not grow with the catalog, and no lock is held for long. */
const AT_ONCE = 2_000;

/**
 * Makes the search entries of what has none, and again those of what changed. Resumable: each part is one transaction. The caller must be the only one
 * indexing.
 */
export async function indexSearch(deps: Pick<Deps, 'db'>, { signal, report }: { signal: AbortSignal; report: Report }): Promise<Outcome> {
  let done = 0;
  const count = async (more: number): Promise<void> => {
    done += more;
    throwIfStopped(signal);
    await report({ doing: 'Preparing the search', done });
    // Splitting words is all computing: other requests of the process come first.
    await setImmediate();
  };
  for (const kind of SEARCH_KINDS) {
    for (let after: string | undefined; ;) {
      const sources = await listUnindexed(deps.db, kind, { after, limit: AT_ONCE });
      if (sources.length === 0) break;
      await deps.db.transaction((tx) => save(tx, kind, sources));
      await count(sources.length);
      after = sources.at(-1)?.ref;
    }
  }
  for (let changed = -1; changed !== 0;) {
    changed = await deps.db.transaction(saveChanges);
    await count(changed);
  }
  if (done > 0) await settleSearchIndexes(deps.db);
  return { outcome: done === 0 ? 'The search was up to date.' : `${done.toLocaleString('en')} search entries updated.` };
}

async function saveChanges(tx: Db): Promise<number> {
  let count = 0;
  for (const [kind, refs] of await takeSearchChanges(tx, AT_ONCE)) {
    const sources = await listSearchSources(tx, kind, refs);
    await save(tx, kind, sources);
    const kept = new Set(sources.map(({ ref }) => ref));
    await deleteSearchEntries(
      tx,
      kind,
      refs.filter((ref) => !kept.has(ref)),
    );
    count += refs.length;
  }
  return count;
}

async function save(tx: Db, kind: SearchKind, sources: readonly SearchSource[]): Promise<void> {
  const entries = sources.map(({ ref, name, artists, popularity }) => ({ ref, popularity, ...indexedText(name, artists) }));
  const added = await saveSearchEntries(tx, kind, entries);
  const uses = new Map<string, number>();
  for (const entry of entries) {
    if (added.has(entry.ref)) for (const word of entry.words) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  await addSearchWords(
    tx,
    [...uses].map(([word, times]) => ({ word, uses: times, forms: wordForms(word) })),
  );
}

function throwIfStopped(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new AppError('rate_limited', { message: 'The worker is stopping. Indexing continues after its restart.', retryAfterMs: 1_000 });
}
