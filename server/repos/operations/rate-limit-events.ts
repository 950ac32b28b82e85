import { rateLimitEvents } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { desc, gte } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface RateLimitEvent {
  readonly bucket: string;
  readonly accountId: AccountId | null;
  readonly at: Date;
  readonly until: Date;
  readonly why: string;
}

/** Records a rate limit of a bucket that none of our budgets blocks. */
export async function insertRateLimitEvent(db: Db, event: RateLimitEvent): Promise<void> {
  await db.insert(rateLimitEvents).values(event);
}

/** Rate limits since an instant, newest first. The budget writes them in the statement that blocks it. */
export async function listRateLimitEvents(db: Db, since: Date, atMost: number): Promise<readonly RateLimitEvent[]> {
  const { bucket, accountId, at, until, why } = rateLimitEvents;
  return db
    .select({ bucket, accountId, at, until, why })
    .from(rateLimitEvents)
    .where(gte(at, since))
    .orderBy(desc(at), desc(rateLimitEvents.id))
    .limit(atMost);
}
