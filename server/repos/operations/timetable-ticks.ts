import { jobRuns, taskSettings, timetableTicks } from '#drizzle/schema/index.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { desc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

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
 * paused the task. Undefined when another job has it. Another try of the job that claimed it gets the same answer again. A tick that was noted as
 * missed while the clock was wrong can still be claimed.
 */
export async function claimTick(db: Db, claim: TickClaim): Promise<TickRow['how'] | undefined> {
  const paused = sql`case when exists (select 1 from ${taskSettings} where task = ${claim.task} and paused_at is not null) then 'paused' else ${claim.how} end`;
  const claimed = await db
    .insert(timetableTicks)
    .values({ task: claim.task, tick: claim.tick, claimedAt: claim.at, queueJobId: claim.queueJobId, how: paused })
    .onConflictDoUpdate({
      target: [timetableTicks.task, timetableTicks.tick],
      set: {
        queueJobId: claim.queueJobId,
        how: sql`case when ${timetableTicks.how} = 'missed' then excluded.how else ${timetableTicks.how} end`,
        claimedAt: sql`case when ${timetableTicks.how} = 'missed' then excluded.claimed_at else ${timetableTicks.claimedAt} end`,
      },
      setWhere: sql`${timetableTicks.queueJobId} = ${claim.queueJobId} or ${timetableTicks.how} = 'missed'`,
    })
    .returning({ how: timetableTicks.how });
  return claimed[0]?.how;
}

/**
 * Notes ticks that nobody ran and nobody will: as missed, or as paused where the task was paused by then. What is known of a tick already stays.
 * Returns those that were missed and new.
 */
export async function insertMissedTicks(db: Db, ticks: readonly { readonly task: JobName; readonly tick: Date }[], at: Date): Promise<TickRow[]> {
  if (ticks.length === 0) return [];
  const values = ticks.map(({ task, tick }) => ({
    task,
    tick,
    claimedAt: at,
    how: sql<TickRow['how']>`case when exists (
      select 1 from ${taskSettings} where task = ${task} and paused_at <= ${tick.toISOString()}::timestamptz) then 'paused' else 'missed' end`,
  }));
  const noted = await db.insert(timetableTicks).values(values).onConflictDoNothing().returning();
  return noted.filter(({ how }) => how === 'missed');
}

/** Notes that the day of a tick was over before its job could do it; one that the job began earlier and did not finish is missed too. */
export async function markTickMissed(db: Db, { task, tick, queueJobId, at }: Omit<TickClaim, 'how'>): Promise<void> {
  await db
    .insert(timetableTicks)
    .values({ task, tick, claimedAt: at, queueJobId, how: 'missed' })
    .onConflictDoUpdate({
      target: [timetableTicks.task, timetableTicks.tick],
      set: { how: 'missed' },
      setWhere: sql`${timetableTicks.queueJobId} = ${queueJobId} and ${timetableTicks.how} <> 'paused'
        and not exists (select 1 from ${jobRuns} r where r.id = ${timetableTicks.runId} and r.status = 'done')`,
    });
}

/** Since when the timetable of this house has each task: earlier ticks were nobody's to run. */
export async function listTimetableStarts(db: Db): Promise<ReadonlyMap<string, Date>> {
  const found = await db.execute<{ task: string; since: string }>(
    sql`select identifier as task, known_since as since from graphile_worker._private_known_crontabs`,
  );
  return new Map(found.rows.map(({ task, since }) => [task, new Date(since)]));
}

/**
 * Takes back what a worker whose clock was ahead said of ticks to come. The queue adds no tick before the newest one it has heard of, so it would
 * keep still until that time is reached; now it knows of none today, and fills up when it starts. A worker may be a little ahead all the time.
 */
export async function forgetTicksToCome(db: Db): Promise<void> {
  await db.execute(sql`
    update graphile_worker._private_known_crontabs
    set known_since = least(known_since, now()), last_execution = least(last_execution, date_trunc('day', now() at time zone 'UTC') at time zone 'UTC')
    where greatest(known_since, last_execution) > now() + interval '2 minutes'`);
}

/** Ticks since an instant, newest first. */
export async function listTicks(db: Db, since: Date): Promise<TickRow[]> {
  return db.select().from(timetableTicks).where(gte(timetableTicks.tick, since)).orderBy(desc(timetableTicks.tick));
}

/** The first tick of a task that the table knows. */
export async function findFirstTick(db: Db, task: JobName): Promise<Date | undefined> {
  const found = await db
    .select({ tick: sql<Date | null>`min(${timetableTicks.tick})`.mapWith(timetableTicks.tick) })
    .from(timetableTicks)
    .where(eq(timetableTicks.task, task));
  return found[0]?.tick ?? undefined;
}

/** Says which run a tick came to. */
export async function markTickRun(db: Db, queueJobId: number, runId: TickRow['runId']): Promise<void> {
  await db.update(timetableTicks).set({ runId }).where(eq(timetableTicks.queueJobId, queueJobId));
}
