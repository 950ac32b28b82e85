import type { Db } from '#server/repos/database.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { AppError } from '#shared/errors.ts';

/** Throws `conflict` for a paused task: a job added now would only wait. */
export async function requireNotPaused(db: Db, task: JobName): Promise<void> {
  const pause = (await listPausedTasks(db)).find((one) => one.task === task);
  if (pause) throw new AppError('conflict', { message: `This task is paused: ${pause.pausedWhy}`, remedy: 'Resume the task first.' });
}
