import type { Db } from './database.ts';
import { insertRateLimitEvent } from './rate-limit-events.ts';
import { claimProbe, closeBreaker, listBreakers, openBreaker, releaseProbe } from './vendor-breakers.ts';
import type { BreakerRow } from './vendor-breakers.ts';

type Gate = { readonly kind: 'closed' } | { readonly kind: 'probe' } | { readonly kind: 'open'; readonly until: Date; readonly why: string };

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
      opened: async (forMs: number, why: string, failures: number): Promise<void> => {
        const at = now();
        const until = new Date(at.getTime() + forMs);
        // Before anything is awaited, so that no request of this process slips through meanwhile.
        pages.learn({ vendor, state: 'open', failures, why, openedAt: at, openUntil: until, probeUntil: null, changedAt: at });
        await pages.whileWriting(vendor, async () => {
          pages.learn(await openBreaker(db, { vendor, until, why, failures, at }));
          if (isQuota) await insertRateLimitEvent(db, { bucket: vendor, accountId: null, at, until, why });
        });
      },
      closed: async (): Promise<void> => pages.learn(await closeBreaker(db, vendor, now())),
      released: async (): Promise<void> => pages.learn(await releaseProbe(db, vendor, now())),
    }),
  };
}

type Pages = ReturnType<typeof readPages>;

/** What this process knows of all breakers. What it wrote while it was reading, or is writing, is newer than what it read. */
function readPages(db: Db, now: () => Date) {
  let known = new Map<string, BreakerRow>();
  let readMs = -Infinity;
  let reading: Promise<void> | undefined;
  const written = new Set<string>();
  const writing = new Set<string>();
  const read = async (): Promise<void> => {
    written.clear();
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
    learn: (row: BreakerRow | undefined): void => {
      if (!row) return;
      known = new Map(known).set(row.vendor, row);
      written.add(row.vendor);
    },
    whileWriting: async (vendor: string, write: () => Promise<void>): Promise<void> => {
      writing.add(vendor);
      try {
        await write();
      } finally {
        writing.delete(vendor);
      }
    },
  };
}

async function ask(db: Db, now: () => Date, { pages, vendor }: { pages: Pages; vendor: string }): Promise<Gate> {
  const gate = gateOf(await pages.look(vendor), now());
  if (gate.kind !== 'probe') return gate;
  const claimed = await claimProbe(db, vendor, now());
  pages.learn(claimed);
  if (claimed) return gate;
  const row = await pages.look(vendor, 0);
  const seen = gateOf(row, now());
  // Freed in this very moment: leave it to the next request.
  return seen.kind === 'probe' ? { kind: 'open', until: now(), why: row?.why ?? '' } : seen;
}

function gateOf(row: BreakerRow | undefined, now: Date): Gate {
  if (!row || row.state === 'closed') return { kind: 'closed' };
  const until = [row.openUntil, row.probeUntil].reduce<Date>((latest, one) => (one && one > latest ? one : latest), new Date(0));
  return until > now ? { kind: 'open', until, why: row.why ?? '' } : { kind: 'probe' };
}
