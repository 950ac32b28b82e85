import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';
import { insertRateLimitEvent } from '#server/repos/operations/rate-limit-events.ts';
import {
  claimProbe,
  closeBreaker,
  countFailure,
  countRepeat,
  forgetFailures,
  keepProbe,
  listBreakers,
  openBreaker,
  pullBackBreakers,
  releaseProbe,
} from './vendor-breakers.ts';
import type { BreakerRow, HeldProbe } from './vendor-breakers.ts';

interface Shut {
  readonly kind: 'open';
  readonly until: Date;
  readonly why: string;
}

/** The shape of the port, which repos do not know. */
interface Probe {
  keep(): Promise<Shut | undefined>;
  release(): Promise<void>;
}

type Gate = { readonly kind: 'closed' } | { readonly kind: 'probe'; readonly probe: Probe } | Shut;

/** How long a process may go on not knowing that another one found a vendor down. */
const LOOK_EVERY_MS = 500;

/**
 * Every breaker of the house over one table, read as a whole and at most twice a second, however many requests ask. A breaker that is due is
 * probed by one request in the whole house: the first to claim the row.
 */
export function createBreakerBook(db: Db, now: () => Date) {
  const pages = readPages(db, now);
  return {
    /** The memory of one breaker. `isQuota`: it is opened by a vendor's word to stop, and each is kept as an event. */
    breaker: (vendor: string, { isQuota = false } = {}) => ({
      ask: () => ask(db, now, { pages, vendor }),
      ...countOf(db, now, { pages, vendor }),
      opened: async (forMs: number, why: string, failures: number): Promise<void> => {
        const at = now();
        const until = new Date(at.getTime() + forMs);
        // Before anything is awaited, so that no request of this process slips through meanwhile.
        pages.learn(shut({ vendor, why, at, until }, failures));
        await pages.whileWriting(vendor, async () => {
          pages.learn(await openBreaker(db, { vendor, until, why, failures, at }));
          if (isQuota) await insertRateLimitEvent(db, { bucket: vendor, accountId: null, at, until, why });
        });
      },
      closed: async (): Promise<void> => pages.learn(await closeBreaker(db, vendor, now())),
    }),
  };
}

/** Failed calls in a row and requests sent again, counted for the whole house: one statement for each, and one for the first answer after it. */
function countOf(db: Db, now: () => Date, { pages, vendor }: Page) {
  return {
    repeats: (): number => {
      const seen = pages.known(vendor);
      return seen && seen.state !== 'closed' ? Number.POSITIVE_INFINITY : (seen?.repeats ?? 0);
    },
    repeated: async (max: number): Promise<boolean> => {
      const row = await pages.whileWriting(vendor, () => countRepeat(db, { vendor, max, at: now() }));
      pages.learn(row);
      // Who did not get one learns why, and does not ask again.
      if (!row) await pages.look(vendor, 0);
      return row !== undefined;
    },
    failed: ({ why, limit, forMs }: Failure): Promise<boolean> => {
      const at = now();
      const opening = { vendor, why, at, until: new Date(at.getTime() + forMs) };
      const seen = pages.known(vendor);
      const failures = (seen?.failures ?? 0) + 1;
      // At once, so that whoever asks next in this process knows; the row says how many there really were.
      if (!seen || seen.state === 'closed')
        pages.learn({ ...(failures < limit ? counted(opening, failures) : shut(opening, failures)), repeats: seen?.repeats ?? 0 });
      return pages.whileWriting(vendor, async () => {
        const row = await countFailure(db, { ...opening, limit });
        pages.learn(row);
        return row !== undefined && row.state !== 'closed';
      });
    },
    answered: async (): Promise<void> => {
      const seen = pages.known(vendor);
      if (!seen || seen.state !== 'closed' || (seen.failures === 0 && seen.repeats === 0)) return;
      pages.learn({ ...seen, failures: 0, repeats: 0, why: null });
      await pages.whileWriting(vendor, async () => pages.learn(await forgetFailures(db, vendor, now())));
    },
  };
}

type Pages = ReturnType<typeof readPages>;

interface Page {
  readonly pages: Pages;
  readonly vendor: string;
}

interface Failure {
  readonly why: string;
  readonly limit: number;
  readonly forMs: number;
}

interface Moment {
  readonly vendor: string;
  readonly why: string;
  readonly at: Date;
  readonly until: Date;
}

function counted({ vendor, why, at }: Moment, failures: number): BreakerRow {
  return { vendor, state: 'closed', failures, repeats: 0, why, openedAt: null, openUntil: null, probeUntil: null, changedAt: at };
}

function shut({ vendor, why, at, until }: Moment, failures: number): BreakerRow {
  return { vendor, state: 'open', failures, repeats: 0, why, openedAt: at, openUntil: until, probeUntil: null, changedAt: at };
}

/** What this process knows of all breakers. What it wrote while it was reading, or is writing, is newer than what it read. */
function readPages(db: Db, now: () => Date) {
  let known = new Map<string, BreakerRow>();
  let readMs = -Infinity;
  let reading: Promise<void> | undefined;
  const written = new Set<string>();
  const writing = new Set<string>();
  const read = async (): Promise<void> => {
    written.clear();
    const at = now();
    // Only whoever saw its own clock go back, or has not seen any yet: another machine's clock may just be wrong.
    if (readMs === -Infinity || readMs - at.getTime() > SKEW_MAX_MS) await pullBackBreakers(db, at, SKEW_MAX_MS);
    const seen = new Map((await listBreakers(db)).map((row) => [row.vendor, row]));
    for (const vendor of [...written, ...writing]) {
      const row = known.get(vendor);
      if (row) seen.set(vendor, row);
    }
    known = seen;
    readMs = now().getTime();
  };
  return {
    look: async (vendor: string, ageMaxMs = LOOK_EVERY_MS): Promise<BreakerRow | undefined> => {
      // A clock that was set back must not keep an old look.
      if (Math.abs(now().getTime() - readMs) >= ageMaxMs) {
        reading ??= read().finally(() => (reading = undefined));
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

async function ask(db: Db, now: () => Date, { pages, vendor }: Page): Promise<Gate> {
  const row = await pages.look(vendor);
  if (!row || row.state === 'closed') return { kind: 'closed' };
  const shutUntil = endOf(row);
  if (shutUntil > now()) return { kind: 'open', until: shutUntil, why: row.why ?? '' };
  const claimed = await claimProbe(db, vendor, now());
  pages.learn(claimed);
  if (claimed?.probeUntil) return { kind: 'probe', probe: probeOf(db, now, { pages, held: { vendor, until: claimed.probeUntil } }) };
  const seen = await pages.look(vendor, 0);
  return seen && seen.state !== 'closed' ? shutBy(seen, now()) : { kind: 'closed' };
}

/** The right to probe. It is shown again before the request is sent: who waited long for its turn may have lost it. */
function probeOf(db: Db, now: () => Date, { pages, held }: { pages: Pages; held: HeldProbe }): Probe {
  let mine = held;
  return {
    keep: async () => {
      const kept = await keepProbe(db, mine, now());
      pages.learn(kept);
      if (kept?.probeUntil) {
        mine = { ...mine, until: kept.probeUntil };
        return undefined;
      }
      const seen = await pages.look(mine.vendor, 0);
      return seen && seen.state !== 'closed' ? shutBy(seen, now()) : { kind: 'open', until: now(), why: '' };
    },
    release: async () => pages.learn(await releaseProbe(db, mine, now())),
  };
}

/** Shut for whoever did not get the probe. Freed in this very moment, it is left to the next request. */
function shutBy(row: BreakerRow, now: Date): Shut {
  const until = endOf(row);
  return { kind: 'open', until: until > now ? until : now, why: row.why ?? '' };
}

function endOf({ openUntil, probeUntil }: BreakerRow): Date {
  return [openUntil, probeUntil].reduce<Date>((latest, one) => (one && one > latest ? one : latest), new Date(0));
}
