import { taskSettings, timetableTicks } from '#drizzle/schema/index.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { and, desc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

export type TickRow = typeof timetableTicks.$inferSelect;

interface TickClaim {
  readonly task: JobName;
  readonly tick: Date;
  /** The job that wants to run it. */
  readonly queueJobId: number;
  readonly at: Date;
  readonly how: 'ran' | 'caught_up';
}

/**
 * Claims a tick for one job of the whole house, in one statement: what it answers is how the tick stands in the table, `paused` when an operator
 * paused the task. Undefined when another job has it. Another try of the job that claimed it gets the same answer again.
 */
export async function claimTick(db: Db, claim: TickClaim): Promise<TickRow['how'] | undefined> {
  const paused = sql`case when exists (select 1 from ${taskSettings} where task = ${claim.task} and paused_at is not null) then 'paused' else ${claim.how} end`;
  const claimed = await db
    .insert(timetableTicks)
    .values({ task: claim.task, tick: claim.tick, claimedAt: claim.at, queueJobId: claim.queueJobId, how: paused })
    .onConflictDoUpdate({
      target: [timetableTicks.task, timetableTicks.tick],
      set: { queueJobId: claim.queueJobId },
      setWhere: eq(timetableTicks.queueJobId, claim.queueJobId),
    })
    .returning({ how: timetableTicks.how });
  return claimed[0]?.how;
}

/** Notes ticks that nobody ran and nobody will. What is known of a tick already stays. Returns those that were new. */
export async function insertMissedTicks(db: Db, ticks: readonly { readonly task: JobName; readonly tick: Date }[], at: Date): Promise<TickRow[]> {
  if (ticks.length === 0) return [];
  return db
    .insert(timetableTicks)
    .values(ticks.map((tick) => ({ ...tick, claimedAt: at, how: 'missed' as const })))
    .onConflictDoNothing()
    .returning();
}

/** Ticks since an instant, newest first. */
export async function listTicks(db: Db, since: Date): Promise<TickRow[]> {
  return db.select().from(timetableTicks).where(gte(timetableTicks.tick, since)).orderBy(desc(timetableTicks.tick));
}

/** The newest tick of a task that the table knows before an instant. */
export async function findFirstTick(db: Db, task: JobName): Promise<Date | undefined> {
  const found = await db
    .select({ tick: sql<Date | null>`min(${timetableTicks.tick})`.mapWith(timetableTicks.tick) })
    .from(timetableTicks)
    .where(and(eq(timetableTicks.task, task)));
  return found[0]?.tick ?? undefined;
}

/** Says which run a tick came to. */
export async function markTickRun(db: Db, queueJobId: number, runId: TickRow['runId']): Promise<void> {
  await db.update(timetableTicks).set({ runId }).where(eq(timetableTicks.queueJobId, queueJobId));
}
