/**
 * Circuit breakers shared by all processes through the table `vendor_breakers`.
 *
 * States: closed → open (the limit of failures in a row, or a quota) → half open (due, one request claimed the probe) → closed (the probe succeeded)
 * or open again (it failed). A probe that is neither confirmed nor released within its lease is free again. An answer resets the count of a closed breaker.
 *
 * A process reads the whole table at most every READ_EVERY_MS, however many requests ask; its own writes are known to it at once.
 */
import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';
import {
  claimProbe,
  closeBreaker,
  countFailure,
  countRetry,
  resetFailures,
  renewProbe,
  listBreakers,
  openBreaker,
  correctBreakersAfterClockJump,
  releaseProbe,
} from '#server/repos/limits/vendor-breakers.ts';
import type { BreakerRow, ClaimedProbe } from '#server/repos/limits/vendor-breakers.ts';
import { insertRateLimitEvent } from '#server/repos/operations/rate-limit-events.ts';

interface OpenGate {
  readonly kind: 'open';
  readonly until: Date;
  readonly why: string;
}

/** Structurally the port's BreakerProbe, which server/limits does not import. */
interface Probe {
  confirm(): Promise<OpenGate | undefined>;
  release(): Promise<void>;
}

type Gate = { readonly kind: 'closed' } | { readonly kind: 'probe'; readonly probe: Probe } | OpenGate;

/** Longest time for which a process does not know that another one opened a breaker. */
const READ_EVERY_MS = 500;

/** All breakers over one table. One request among all processes probes a breaker that is due: the first to claim the row. */
export function createSharedBreakers(db: Db, now: () => Date) {
  const cache = createBreakerCache(db, now);
  return {
    /** The state of one breaker. `isQuota`: a vendor's rate limit opens it, and each opening is recorded as an event. */
    breaker: (vendor: string, { isQuota = false } = {}) => ({
      admit: () => ask(db, now, { cache, vendor }),
      ...countOf(db, now, { cache, vendor }),
      open: async (forMs: number, why: string, failures: number): Promise<void> => {
        const at = now();
        const until = new Date(at.getTime() + forMs);
        // Before the first await, so that no request of this process is sent in the meantime.
        cache.learn(openRow({ vendor, why, at, until }, failures));
        await cache.whileWriting(vendor, async () => {
          cache.learn(await openBreaker(db, { vendor, until, why, failures, at }));
          if (isQuota) await insertRateLimitEvent(db, { bucket: vendor, accountId: null, at, until, why });
        });
      },
      close: async (): Promise<void> => cache.learn(await closeBreaker(db, vendor, now())),
    }),
  };
}

/** Counts failed calls in a row and repeated requests of all processes. Each costs one statement, and so does the first answer after them. */
function countOf(db: Db, now: () => Date, { cache, vendor }: CachedBreaker) {
  return {
    retries: (): number => {
      const row = cache.known(vendor);
      return row && row.state !== 'closed' ? Number.POSITIVE_INFINITY : (row?.repeats ?? 0);
    },
    takeRetry: async (max: number): Promise<boolean> => {
      const row = await cache.whileWriting(vendor, () => countRetry(db, { vendor, max, at: now() }));
      cache.learn(row);
      // Refused: read why, so that this process does not ask again.
      if (!row) await cache.read(vendor, 0);
      return row !== undefined;
    },
    recordFailure: ({ why, limit, forMs }: Failure): Promise<boolean> => {
      const at = now();
      const opening = { vendor, why, at, until: new Date(at.getTime() + forMs) };
      const before = cache.known(vendor);
      const failures = (before?.failures ?? 0) + 1;
      // At once, for the next request of this process; the stored row has the count of all processes.
      if (!before || before.state === 'closed')
        cache.learn({ ...(failures < limit ? closedRow(opening, failures) : openRow(opening, failures)), repeats: before?.repeats ?? 0 });
      return cache.whileWriting(vendor, async () => {
        const row = await countFailure(db, { ...opening, limit });
        cache.learn(row);
        return row !== undefined && row.state !== 'closed';
      });
    },
    recordSuccess: async (): Promise<void> => {
      const row = cache.known(vendor);
      if (!row || row.state !== 'closed' || (row.failures === 0 && row.repeats === 0)) return;
      cache.learn({ ...row, failures: 0, repeats: 0, why: null });
      await cache.whileWriting(vendor, async () => cache.learn(await resetFailures(db, vendor, now())));
    },
  };
}

type BreakerCache = ReturnType<typeof createBreakerCache>;

interface CachedBreaker {
  readonly cache: BreakerCache;
  readonly vendor: string;
}

interface Failure {
  readonly why: string;
  readonly limit: number;
  readonly forMs: number;
}

interface Opening {
  readonly vendor: string;
  readonly why: string;
  readonly at: Date;
  readonly until: Date;
}

function closedRow({ vendor, why, at }: Opening, failures: number): BreakerRow {
  return { vendor, state: 'closed', failures, repeats: 0, why, openedAt: null, openUntil: null, probeUntil: null, changedAt: at };
}

function openRow({ vendor, why, at, until }: Opening, failures: number): BreakerRow {
  return { vendor, state: 'open', failures, repeats: 0, why, openedAt: at, openUntil: until, probeUntil: null, changedAt: at };
}

/** This process's copy of all breakers. A row that it wrote during a read, or is writing, is newer than the row that it read. */
function createBreakerCache(db: Db, now: () => Date) {
  let known = new Map<string, BreakerRow>();
  let readMs = -Infinity;
  let reading: Promise<void> | undefined;
  const written = new Set<string>();
  const writing = new Set<string>();
  const refresh = async (): Promise<void> => {
    written.clear();
    const at = now();
    // Only a process whose own clock went back, or that has never read: the clock of another machine may simply be wrong.
    if (readMs === -Infinity || readMs - at.getTime() > SKEW_MAX_MS) await correctBreakersAfterClockJump(db, at, SKEW_MAX_MS);
    const stored = new Map((await listBreakers(db)).map((row) => [row.vendor, row]));
    for (const vendor of [...written, ...writing]) {
      const row = known.get(vendor);
      if (row) stored.set(vendor, row);
    }
    known = stored;
    readMs = now().getTime();
  };
  return {
    read: async (vendor: string, ageMaxMs = READ_EVERY_MS): Promise<BreakerRow | undefined> => {
      // Absolute, because a clock that was set back must not keep an old reading.
      if (Math.abs(now().getTime() - readMs) >= ageMaxMs) {
        reading ??= refresh().finally(() => (reading = undefined));
        await reading;
      }
      return known.get(vendor);
    },
    known: (vendor: string): BreakerRow | undefined => known.get(vendor),
    learn: (row: BreakerRow | undefined): void => {
      if (!row) return;
      known = new Map(known).set(row.vendor, row);
      written.add(row.vendor);
    },
    whileWriting: async <T>(vendor: string, write: () => Promise<T>): Promise<T> => {
      writing.add(vendor);
      try {
        return await write();
      } finally {
        writing.delete(vendor);
      }
    },
  };
}

async function ask(db: Db, now: () => Date, { cache, vendor }: CachedBreaker): Promise<Gate> {
  const row = await cache.read(vendor);
  if (!row || row.state === 'closed') return { kind: 'closed' };
  const openUntil = endOf(row);
  if (openUntil > now()) return { kind: 'open', until: openUntil, why: row.why ?? '' };
  const claimed = await claimProbe(db, vendor, now());
  cache.learn(claimed);
  if (claimed?.probeUntil) return { kind: 'probe', probe: probeOf(db, now, { cache, held: { vendor, until: claimed.probeUntil } }) };
  const current = await cache.read(vendor, 0);
  return current && current.state !== 'closed' ? openBy(current, now()) : { kind: 'closed' };
}

/** The right to probe. It is confirmed right before the request is sent: a request that waited long for its slot may have lost it. */
function probeOf(db: Db, now: () => Date, { cache, held }: { cache: BreakerCache; held: ClaimedProbe }): Probe {
  let own = held;
  return {
    confirm: async () => {
      const kept = await renewProbe(db, own, now());
      cache.learn(kept);
      if (kept?.probeUntil) {
        own = { ...own, until: kept.probeUntil };
        return undefined;
      }
      const current = await cache.read(own.vendor, 0);
      return current && current.state !== 'closed' ? openBy(current, now()) : { kind: 'open', until: now(), why: '' };
    },
    release: async () => cache.learn(await releaseProbe(db, own, now())),
  };
}

/** The gate for a request that did not get the probe. A probe that was freed at this very moment is left to the next request. */
function openBy(row: BreakerRow, now: Date): OpenGate {
  const until = endOf(row);
  return { kind: 'open', until: until > now ? until : now, why: row.why ?? '' };
}

function endOf({ openUntil, probeUntil }: BreakerRow): Date {
  return [openUntil, probeUntil].reduce<Date>((latest, one) => (one && one > latest ? one : latest), new Date(0));
}
