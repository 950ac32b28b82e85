import type { BreakerState } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface BreakerRow {
  /** The breaker's key: a vendor, or one of its request buckets. */
  readonly vendor: string;
  readonly state: BreakerState;
  /** Consecutive failed calls of all processes. */
  readonly failures: number;
  /** Retried requests of all processes since the vendor last answered. */
  readonly repeats: number;
  readonly why: string | null;
  readonly openedAt: Date | null;
  readonly openUntil: Date | null;
  readonly probeUntil: Date | null;
  readonly changedAt: Date;
}

/** Lease of a probe. A request lasts at most 15 s; a process that has not sent its probe by then renews the lease first, or has died. */
const PROBE_LEASE_MS = 60_000;

const COLUMNS = sql`vendor, state, failures, repeats, why, opened_at, open_until, probe_until, changed_at`;

interface StoredBreaker extends Record<string, unknown> {
  readonly vendor: string;
  readonly state: BreakerState;
  readonly failures: number;
  readonly repeats: number;
  readonly why: string | null;
  readonly opened_at: string | null;
  readonly open_until: string | null;
  readonly probe_until: string | null;
  readonly changed_at: string;
}

async function select(db: Db, query: SQL): Promise<BreakerRow[]> {
  const { rows } = await db.execute<StoredBreaker>(query);
  return rows.map(({ vendor, state, failures, repeats, why, ...at }) => ({
    vendor,
    state,
    failures,
    repeats,
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

/** Every breaker with a row. */
export async function listBreakers(db: Db): Promise<BreakerRow[]> {
  return select(db, sql`select ${COLUMNS} from vendor_breakers order by vendor`);
}

/**
 * Claims the single probe of a breaker that is due; undefined when it is not due or another process has it.
 *
 * States: closed → open (too many failures, or a quota) → half_open (one probe, when open_until has passed) → closed (it succeeded) | open (it failed
 * or was released).
 */
export async function claimProbe(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
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

/** Opens the breaker, or opens it again with its original `openedAt`. Never moves a later end forward. */
export async function openBreaker(db: Db, { vendor, until, why, failures, at }: Opening): Promise<BreakerRow | undefined> {
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

/** Counts a failed call, and opens the breaker at the limit. An open breaker only counts. */
export async function countFailure(db: Db, { limit, ...opening }: Omit<Opening, 'failures'> & { limit: number }): Promise<BreakerRow | undefined> {
  const { vendor, until, why, at } = opening;
  const [now, end] = [at.toISOString(), until.toISOString()];
  const isTooMany = sql`breaker.state = 'closed' and breaker.failures + 1 >= ${limit}::int`;
  const written = await select(
    db,
    sql`insert into vendor_breakers as breaker (vendor, state, failures, why, opened_at, open_until, changed_at)
      select ${vendor}, (case when is_open then 'open' else 'closed' end)::breaker_state, 1, ${why}, case when is_open then ${now}::timestamptz end,
        case when is_open then ${end}::timestamptz end, ${now}::timestamptz from (select ${limit}::int <= 1 as is_open) first
      on conflict (vendor) do update set failures = breaker.failures + 1,
        why = case when breaker.state = 'closed' then excluded.why else breaker.why end,
        state = case when ${isTooMany} then 'open' else breaker.state end,
        opened_at = case when ${isTooMany} then ${now}::timestamptz else breaker.opened_at end,
        open_until = case when ${isTooMany} then ${end}::timestamptz else breaker.open_until end,
        changed_at = case when breaker.state = 'closed' then excluded.changed_at else breaker.changed_at end
      returning ${COLUMNS}`,
  );
  return written[0];
}

/** Counts a retried request; undefined (and not counted) at the maximum or when the breaker is not closed. */
export async function countRetry(db: Db, { vendor, max, at }: { vendor: string; max: number; at: Date }): Promise<BreakerRow | undefined> {
  const counted = await select(
    db,
    sql`insert into vendor_breakers as breaker (vendor, state, failures, repeats, changed_at)
      select ${vendor}, 'closed', 0, 1, ${at.toISOString()}::timestamptz where ${max}::int > 0
      on conflict (vendor) do update set repeats = breaker.repeats + 1, changed_at = excluded.changed_at
      where breaker.state = 'closed' and breaker.repeats < ${max}::int
      returning ${COLUMNS}`,
  );
  return counted[0];
}

/** Resets the counts of a closed breaker; undefined when it is not closed or has none. */
export async function resetFailures(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const reset = await select(
    db,
    sql`update vendor_breakers set failures = 0, repeats = 0, why = null, changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state = 'closed' and (failures > 0 or repeats > 0) returning ${COLUMNS}`,
  );
  return reset[0];
}

/**
 * After the clock was set back: shifts breakers changed in the future, so that each stays open for its intended time from now, and not for the length
 * of the jump in addition.
 */
export async function correctBreakersAfterClockJump(db: Db, now: Date, skewMaxMs: number): Promise<void> {
  const at = now.toISOString();
  await db.execute(sql`
    update vendor_breakers set open_until = open_until - (changed_at - ${at}::timestamptz), probe_until = probe_until - (changed_at - ${at}::timestamptz),
      opened_at = least(opened_at, ${at}::timestamptz), changed_at = ${at}::timestamptz
    where changed_at > ${new Date(now.getTime() + skewMaxMs).toISOString()}::timestamptz`);
}

/** Closes the breaker; undefined when it was closed. */
export async function closeBreaker(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const closed = await select(
    db,
    sql`update vendor_breakers set state = 'closed', failures = 0, repeats = 0, why = null, opened_at = null, open_until = null, probe_until = null,
      changed_at = ${at.toISOString()}::timestamptz where vendor = ${vendor} and state <> 'closed' returning ${COLUMNS}`,
  );
  return closed[0];
}

/** A probe of this process, identified by the end of its lease. */
export interface ClaimedProbe {
  readonly vendor: string;
  readonly until: Date;
}

/** Renews the lease of a probe from now; undefined when this process no longer has it. */
export async function renewProbe(db: Db, { vendor, until }: ClaimedProbe, at: Date): Promise<BreakerRow | undefined> {
  const leaseEnds = new Date(at.getTime() + PROBE_LEASE_MS).toISOString();
  const renewed = await select(
    db,
    sql`update vendor_breakers set probe_until = ${leaseEnds}::timestamptz, changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state = 'half_open' and probe_until = ${until.toISOString()}::timestamptz returning ${COLUMNS}`,
  );
  return renewed[0];
}

/** Releases a probe without a result; undefined when this process no longer has it. */
export async function releaseProbe(db: Db, { vendor, until }: ClaimedProbe, at: Date): Promise<BreakerRow | undefined> {
  const released = await select(
    db,
    sql`update vendor_breakers set state = 'open', probe_until = null, changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state = 'half_open' and probe_until = ${until.toISOString()}::timestamptz returning ${COLUMNS}`,
  );
  return released[0];
}

/** Makes the probe due now; undefined when the breaker is closed. */
export async function makeProbeDue(db: Db, vendor: string, at: Date): Promise<BreakerRow | undefined> {
  const due = await select(
    db,
    sql`update vendor_breakers set open_until = ${at.toISOString()}::timestamptz, probe_until = null, state = 'open', changed_at = ${at.toISOString()}::timestamptz
      where vendor = ${vendor} and state <> 'closed' returning ${COLUMNS}`,
  );
  return due[0];
}
