/**
 * How often one visitor may ask, over all processes.
 *
 * States of a visitor's bucket: full → partly used → empty → full. Time alone refills it, evenly over the window. While it is empty the process that
 * found out refuses without asking Postgres.
 */
import type { Db } from '#server/repos/database.ts';
import { deleteVisitsBefore, takeVisits } from '#server/repos/limits/visitor-rates.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/domain/calendar.ts';
import { LRUCache } from 'lru-cache';

/** Requests of one visitor in a window. The first three need no sign-in and cost more than a page: a stored attempt, a search, a guess at a secret. */
export const VISITOR_RATES = {
  'sign-in': { quota: 60, windowMs: MINUTE_MS },
  search: { quota: 120, windowMs: MINUTE_MS },
  /** A search as somebody types: several a second, for everybody behind one address. */
  typing: { quota: 6_000, windowMs: MINUTE_MS },
  guess: { quota: 30, windowMs: MINUTE_MS },
  detail: { quota: 300, windowMs: MINUTE_MS },
  /** Pictures: a person who scrolls through a library sees hundreds a minute. */
  files: { quota: 6_000, windowMs: MINUTE_MS },
  preview: { quota: 300, windowMs: MINUTE_MS },
  export: { quota: 30, windowMs: MINUTE_MS },
  /** Asks other services while the person waits. */
  vendors: { quota: 30, windowMs: MINUTE_MS },
} as const;
export type VisitorRate = keyof typeof VISITOR_RATES;

interface Visit {
  readonly isGranted: boolean;
  /** Requests left at the moment. */
  readonly remaining: number;
  /** Until the quota is complete again; for a refused visit, until it would be granted. */
  readonly resetMs: number;
}

export type VisitorLimits = (rate: VisitorRate, visitor: string, count?: number) => Promise<Visit>;

/** Empty buckets that one process remembers; a forgotten one only costs a statement. */
const REMEMBERED_MAX = 10_000;

/** Counts visits in Postgres. `visitor` is a person or an address group. */
export function createVisitorLimits(db: Db, now: () => Date): VisitorLimits {
  const emptyUntil = new LRUCache<string, number>({ max: REMEMBERED_MAX });
  let sweptMs = 0;
  const sweep = async (nowMs: number): Promise<void> => {
    if (Math.abs(nowMs - sweptMs) < HOUR_MS) return;
    sweptMs = nowMs;
    await deleteVisitsBefore(db, nowMs - HOUR_MS);
  };
  return async (rate, visitor, count = 1) => {
    const { quota, windowMs } = VISITOR_RATES[rate];
    const [key, nowMs, spacingMs] = [`${rate} ${visitor}`, now().getTime(), windowMs / quota];
    const knownMs = (emptyUntil.get(key) ?? 0) - nowMs;
    if (knownMs > 0 && knownMs <= windowMs) return { isGranted: false, remaining: 0, resetMs: knownMs };
    const { aheadMs, isGranted } = await takeVisits(db, { key, count, nowMs, spacingMs, windowMs });
    const remaining = Math.max(0, Math.floor((windowMs - aheadMs) / spacingMs));
    if (isGranted) {
      await sweep(nowMs);
      return { isGranted, remaining, resetMs: aheadMs };
    }
    const waitMs = Math.max(1, Math.ceil(aheadMs + count * spacingMs - windowMs));
    if (count === 1) emptyUntil.set(key, nowMs + waitMs);
    return { isGranted, remaining, resetMs: waitMs };
  };
}
