import { taskSettings } from '#drizzle/schema/index.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { eq, isNotNull } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface PausedTask {
  readonly task: JobName;
  readonly pausedAt: Date;
  readonly pausedBy: string;
  readonly pausedWhy: string;
}

/** The paused tasks. */
export async function listPausedTasks(db: Db): Promise<PausedTask[]> {
  const rows = await db.select().from(taskSettings).where(isNotNull(taskSettings.pausedAt));
  return rows.flatMap(({ task, pausedAt, pausedBy, pausedWhy }) =>
    pausedAt ? [{ task, pausedAt, pausedBy: pausedBy ?? '', pausedWhy: pausedWhy ?? '' }] : [],
  );
}

/** Pauses a task; replaces the reason of one already paused. */
export async function markTaskPaused(db: Db, pause: PausedTask): Promise<void> {
  const { task, ...why } = pause;
  await db.insert(taskSettings).values(pause).onConflictDoUpdate({ target: taskSettings.task, set: why });
  await db.update(taskSettings).set(why).where(eq(taskSettings.task, task));
}

/** Resumes a task. */
export async function markTaskResumed(db: Db, task: JobName): Promise<void> {
  await db.update(taskSettings).set({ pausedAt: null, pausedBy: null, pausedWhy: null }).where(eq(taskSettings.task, task));
}
