import type { BreakerState } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from './database.ts';
import { insertRateLimitEvent } from './rate-limit-events.ts';

export interface BreakerRow {
  /** The breaker's name: a vendor, or a vendor's bucket of requests. */
  readonly vendor: string;
  readonly state: BreakerState;
  readonly failures: number;
  readonly why: string | null;
  readonly openedAt: Date | null;
  readonly openUntil: Date | null;
  readonly probeUntil: Date | null;
  readonly changedAt: Date;
}

type Gate = { readonly kind: 'closed' } | { readonly kind: 'probe' } | { readonly kind: 'open'; readonly until: Date; readonly why: string };

/** How long a process may go on not knowing that another one found a vendor down. */
const LOOK_EVERY_MS = 500;
/** A probe is one request of at most a quarter of a minute; whoever holds it longer died with it. */
const PROBE_LEASE_MS = 60_000;

/**
 * Every breaker of the house over one table, read as a whole and at most twice a second, whatever number of requests ask. A breaker that is due is
 * probed by one request in the whole house: the first to claim the row.
 */
export function createBreakerBook(db: Db, now: () => Date) {
  let known = new Map<string, BreakerRow>();
  let readMs = -Infinity;
  let reading: Promise<void> | undefined;
  /** What this process wrote while it was reading, or is writing, is newer than what it read. */
  const written = new Set<string>();
  const opening = new Set<string>();
  const read = async (): Promise<void> => {
    written.clear();
    const rows = await listBreakers(db);
    const seen = new Map(rows.map((row) => [row.vendor, row]));
    for (const vendor of [...written, ...opening]) {
      const row = known.get(vendor);
      if (row) seen.set(vendor, row);
    }
    known = seen;
    readMs = now().getTime();
  };
  const lookAt = async (vendor: string): Promise<BreakerRow | undefined> => {
    const ageMs = now().getTime() - readMs;
    // A clock that was set back must not keep an old look.
    if (ageMs >= LOOK_EVERY_MS || ageMs < 0) {
      reading ??= read().finally(() => (reading = undefined));
      await reading;
    }
    return known.get(vendor);
  };
  const learn = (row: BreakerRow | undefined): void => {
    if (!row) return;
    known = new Map(known).set(row.vendor, row);
    written.add(row.vendor);
  };
  return {
    /** The memory of one breaker. `isQuota`: it is opened by a vendor's word to stop, and each is kept as an event. */
    breaker: (vendor: string, { isQuota = false } = {}) => ({
      ask: async (): Promise<Gate> => {
        const row = await lookAt(vendor);
        const gate = gateOf(row, now());
        if (gate.kind !== 'probe') return gate;
        const claimed = await claimProbe(db, vendor, now());
        learn(claimed);
        if (claimed) return gate;
        readMs = -Infinity;
        const seen = gateOf(await lookAt(vendor), now());
        // Freed in this very moment: leave it to the next request.
        return seen.kind === 'probe' ? { kind: 'open', until: now(), why: row?.why ?? '' } : seen;
      },
      opened: async (until: Date, why: string, failures: number): Promise<void> => {
        const at = now();
        // Before anything is awaited, so that no request of this process slips through meanwhile.
        learn({ vendor, state: 'open', failures, why, openedAt: at, openUntil: until, probeUntil: null, changedAt: at });
        opening.add(vendor);
        try {
          learn(await writeOpen(db, { vendor, until, why, failures, at }));
          if (isQuota) await insertRateLimitEvent(db, { bucket: vendor, accountId: null, at, until, why });
        } finally {
          opening.delete(vendor);
        }
      },
      closed: async (): Promise<void> => learn(await writeClosed(db, vendor, now())),
      released: async (): Promise<void> => learn(await releaseProbe(db, vendor, now())),
    }),
  };
}

function gateOf(row: BreakerRow | undefined, now: Date): Gate {
  if (!row || row.state === 'closed') return { kind: 'closed' };
  const until = [row.openUntil, row.probeUntil].reduce<Date>((latest, one) => (one && one > latest ? one : latest), new Date(0));
  return until > now ? { kind: 'open', until, why: row.why ?? '' } : { kind: 'probe' };
}

const COLUMNS = sql`vendor, state, failures, why, opened_at, open_until, probe_until, changed_at`;

interface StoredBreaker extends Record<string, unknown> {
  readonly vendor: string;
  readonly state: BreakerState;
  readonly failures: number;
  readonly why: string | null;
  readonly opened_at: string | null;
  readonly open_until: string | null;
  readonly probe_until: string | null;
  readonly changed_at: string;
}

async function select(db: Db, query: SQL): Promise<BreakerRow[]> {
  const { rows } = await db.execute<StoredBreaker>(query);
  return rows.map(({ vendor, state, failures, why, ...at }) => ({
    vendor,
    state,
    failures,
    why,
    openedAt: instant(at.opened_at),
    openUntil: instant(at.open_until),
    probeUntil: instant(at.probe_until),
    changedAt: new Date(at.changed_at),
  }));
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** Every breaker that was ever open. */
export async function listBreakers(db: Db): Promise<BreakerRow[]> {
  return select(db, sql`select ${COLUMNS} from vendor_breakers order by vendor`);
}

async function claimProbe(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const leaseEnds = new Date(at.getTime() + PROBE_LEASE_MS).toISOString();
  const claimed = await select(
    db,
    sql`update vendor_breakers set state = 'half_open', probe_until = ${leaseEnds}::timestamptz, changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state <> 'closed' and coalesce(open_until, '-infinity') <= ${at.toISOString()}::timestamptz
        and coalesce(probe_until, '-infinity') <= ${at.toISOString()}::timestamptz returning ${COLUMNS}`,
  );
  return claimed[0];
}

interface Opening {
  readonly vendor: string;
  readonly until: Date;
  readonly why: string;
  readonly failures: number;
  readonly at: Date;
}

/** Opens it, or opens it again; since when it has been open stays. A later end is never brought forward. */
async function writeOpen(db: Db, { vendor, until, why, failures, at }: Opening): Promise<BreakerRow | undefined> {
  const [now, end] = [at.toISOString(), until.toISOString()];
  const written = await select(
    db,
    sql`insert into vendor_breakers as breaker (vendor, state, failures, why, opened_at, open_until, changed_at)
      values (${vendor}, 'open', ${failures}, ${why}, ${now}::timestamptz, ${end}::timestamptz, ${now}::timestamptz)
      on conflict (vendor) do update set state = 'open', why = excluded.why, probe_until = null, changed_at = excluded.changed_at,
        failures = case when breaker.state = 'closed' then excluded.failures else breaker.failures + excluded.failures end,
        opened_at = case when breaker.state = 'closed' then excluded.opened_at else coalesce(breaker.opened_at, excluded.opened_at) end,
        open_until = case when breaker.state = 'closed' then excluded.open_until else greatest(breaker.open_until, excluded.open_until) end
      returning ${COLUMNS}`,
  );
  return written[0];
}

async function writeClosed(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const closed = await select(
    db,
    sql`update vendor_breakers set state = 'closed', failures = 0, why = null, opened_at = null, open_until = null, probe_until = null,
      changed_at = ${at.toISOString()}::timestamptz where vendor = ${vendor} and state <> 'closed' returning ${COLUMNS}`,
  );
  return closed[0];
}

async function releaseProbe(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const released = await select(
    db,
    sql`update vendor_breakers set state = 'open', probe_until = null, changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state = 'half_open' returning ${COLUMNS}`,
  );
  return released[0];
}

/** Lets the next request try at once whether the vendor is back; undefined when the breaker is not open. */
export async function bringProbeForward(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const due = await select(
    db,
    sql`update vendor_breakers set open_until = ${at.toISOString()}::timestamptz, probe_until = null, state = 'open', changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state <> 'closed' returning ${COLUMNS}`,
  );
  return due[0];
}
