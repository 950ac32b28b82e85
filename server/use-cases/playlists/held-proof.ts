import type { Deps } from '#server/deps.ts';
import { readLedgerVersion } from '#server/repos/catalog/catalog-version.ts';
import { checkLedger } from '#server/repos/playlists/network-views.ts';
import type { LedgerCheck } from '#server/repos/playlists/network-views.ts';

interface Proof {
  readonly checks: readonly LedgerCheck[];
  /** When the count was begun. */
  readonly provedAt: Date;
}

interface Held {
  readonly key: string;
  readonly proof: Promise<Proof>;
  /** Until when it is kept even though the ledger changed, on this process's own clock in milliseconds. */
  keptUntil: number;
  /** From when it is counted again behind the back of whoever asks, on the same clock. */
  staleFrom: number;
}

/** A count that takes longer than this is kept for a while even when the ledger changed: a day that is being curated changes it every second. */
const SLOW_MS = 1_000;
const KEPT_FOR_COUNTS = 10;
/** A ledger that nobody wrote to is counted again so often all the same: a proof of now, and not of the last write. */
const STALE_MS = 60_000;

/** One proof for each database of this process: a cache of what Postgres holds, never a truth of its own. */
const HELD = new WeakMap<Deps['db'], Held>();

/**
 * The repeats of the whole ledger, counted once for all who look while nothing is written to it: months of a large network are millions of rows, and
 * the wall is open to everybody. Says when it was counted. A count of over a second may be ten times its own time old while a day is being made.
 */
export async function holdProof(deps: Pick<Deps, 'db' | 'now'>, span: { readonly today: string; readonly days: number }): Promise<Proof> {
  const ground = `${span.today} ${span.days}`;
  const key = `${ground} ${await readLedgerVersion(deps.db)}`;
  const held = HELD.get(deps.db);
  const now = performance.now();
  if (!held || !(held.key === key || (held.key.startsWith(`${ground} `) && now < held.keptUntil))) return count(deps, span, key).proof;
  if (now > held.staleFrom) {
    held.staleFrom = Number.POSITIVE_INFINITY;
    void recount(deps, span, key);
  }
  return held.proof;
}

function count(deps: Pick<Deps, 'db' | 'now'>, { today, days }: { readonly today: string; readonly days: number }, key: string): Held {
  const provedAt = deps.now();
  const proof = checkLedger(deps.db, today, days).then((checks) => ({ checks, provedAt }));
  const held: Held = { key, proof, keptUntil: Number.POSITIVE_INFINITY, staleFrom: Number.POSITIVE_INFINITY };
  HELD.set(deps.db, held);
  void settle(deps.db, held);
  return held;
}

async function settle(db: Deps['db'], held: Held): Promise<void> {
  const began = performance.now();
  try {
    await held.proof;
    const now = performance.now();
    held.keptUntil = now - began > SLOW_MS ? now + (now - began) * KEPT_FOR_COUNTS : 0;
    held.staleFrom = now + STALE_MS;
  } catch {
    // Whoever asked is told; the next one who asks tries again.
    if (HELD.get(db) === held) HELD.delete(db);
  }
}

/** Counts again beside what is held, which goes on answering until the new count is there. */
async function recount(deps: Pick<Deps, 'db' | 'now'>, span: { readonly today: string; readonly days: number }, key: string): Promise<void> {
  const before = HELD.get(deps.db);
  const next = count(deps, span, key);
  if (before) HELD.set(deps.db, before);
  try {
    await next.proof;
    if (HELD.get(deps.db) === before) HELD.set(deps.db, next);
  } catch {
    // What is held stays; the next one who asks after a while has it counted again.
    if (before) before.staleFrom = performance.now() + STALE_MS;
  }
}
