import { accounts, rateBuckets, rateLimitEvents, requestUse } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, asc, desc, eq, gte, like, or, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

const ACCOUNT_PREFIX = 'spotify:account:';

/** The bucket key of one account's request budget. */
export function accountBucket(id: AccountId): string {
  return `${ACCOUNT_PREFIX}${id}`;
}

/** The request rate that the operator set for an account; null when none is set. */
export async function findRequestRate(db: Db, id: AccountId): Promise<number | null> {
  const [row] = await db.select({ requests: accounts.requestsPerMinute }).from(accounts).where(eq(accounts.id, id));
  return row?.requests ?? null;
}

/** Until when each account's own budget is blocked, and why; accounts that are not blocked are absent. */
export async function listAccountBlocks(db: Db, now: Date): Promise<ReadonlyMap<string, { until: Date; why: string | null }>> {
  const rows = await db
    .select()
    .from(rateBuckets)
    .where(and(like(rateBuckets.key, `${ACCOUNT_PREFIX}%`), gte(rateBuckets.limitedUntil, now)));
  return new Map(
    rows.flatMap(({ key, limitedUntil, limitedWhy }) => (limitedUntil ? [[key, { until: limitedUntil, why: limitedWhy }] as const] : [])),
  );
}

/**
 * Updates the `limited` status from the budgets: an active account whose bucket is blocked becomes limited, a limited one whose block has ended
 * becomes active. Accounts that need re-authorization or are switched off stay as they are. Returns how many changed.
 */
export async function updateLimitedAccounts(db: Db, now: Date): Promise<number> {
  const at = now.toISOString();
  const settled = await db.execute(sql`
    with blocks as (
      select substr(key, ${ACCOUNT_PREFIX.length + 1}) as account, limited_until from ${rateBuckets}
      where key like ${`${ACCOUNT_PREFIX}%`} and limited_until > ${at}::timestamptz
    ), limited as (
      update ${accounts} set status = 'limited', status_changed_at = ${at}::timestamptz,
        status_reason = 'Spotify rate-limited this account until ' || to_char(blocks.limited_until at time zone 'UTC', 'FMDD FMMonth, HH24:MI') || ' UTC.'
      from blocks where blocks.account = ${accounts.id}::text and status = 'active' returning 1
    ), lifted as (
      update ${accounts} set status = 'active', status_changed_at = ${at}::timestamptz, status_reason = null
      where status = 'limited' and not exists (select 1 from blocks where blocks.account = ${accounts.id}::text) returning 1
    )
    select 1 from limited union all select 1 from lifted`);
  return settled.rows.length;
}

interface BucketFacts {
  readonly hours: readonly { readonly hour: Date; readonly requests: number }[];
  readonly block: { readonly until: Date; readonly why: string | null } | undefined;
  readonly refusals: readonly { readonly at: Date; readonly until: Date; readonly why: string }[];
}

/** A bucket's requests since an instant, its current block, and its rate limits (newest first, at most `refusalsMax`). */
export async function readBucket(
  db: Db,
  bucket: { key: string; accountId?: AccountId },
  span: { now: Date; useSince: Date; refusalsSince: Date; refusalsMax: number },
): Promise<BucketFacts> {
  const { at, until, why } = rateLimitEvents;
  const isItsRefusal = bucket.accountId
    ? or(eq(rateLimitEvents.bucket, bucket.key), eq(rateLimitEvents.accountId, bucket.accountId))
    : eq(rateLimitEvents.bucket, bucket.key);
  const hours = await db
    .select({ hour: requestUse.hour, requests: requestUse.requests })
    .from(requestUse)
    .where(and(eq(requestUse.bucket, bucket.key), gte(requestUse.hour, span.useSince)))
    .orderBy(asc(requestUse.hour));
  const [blocked] = await db
    .select()
    .from(rateBuckets)
    .where(and(eq(rateBuckets.key, bucket.key), gte(rateBuckets.limitedUntil, span.now)));
  const refusals = await db
    .select({ at, until, why })
    .from(rateLimitEvents)
    .where(and(isItsRefusal, gte(at, span.refusalsSince)))
    .orderBy(desc(at), desc(rateLimitEvents.id))
    .limit(span.refusalsMax);
  return { hours, refusals, block: blocked?.limitedUntil ? { until: blocked.limitedUntil, why: blocked.limitedWhy } : undefined };
}

/** Deletes the request counts and rate limits of one account; returns the number of rows. */
export async function deleteAccountLimits(db: Db, id: AccountId): Promise<number> {
  const key = accountBucket(id);
  const use = await db.delete(requestUse).where(eq(requestUse.bucket, key));
  const events = await db.delete(rateLimitEvents).where(or(eq(rateLimitEvents.bucket, key), eq(rateLimitEvents.accountId, id)));
  await db.delete(rateBuckets).where(eq(rateBuckets.key, key));
  return (use.rowCount ?? 0) + (events.rowCount ?? 0);
}
