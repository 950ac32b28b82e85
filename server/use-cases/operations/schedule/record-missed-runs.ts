import type { Deps } from '#server/deps.ts';
import { findFirstScheduledRun, insertMissedRuns } from '#server/repos/operations/scheduled-runs.ts';
import { PER_DAY_TASKS, scheduledRunsBetween } from './schedule.ts';
import { dayOf } from '#shared/domain/days.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** How far back missed days are searched. */
const LOOK_BACK_MS = 60 * DAY_MS;

/** Records past days whose lists were never made, since the first known scheduled run. Each is recorded and logged once. */
export async function recordMissedRuns(deps: Pick<Deps, 'db' | 'now' | 'log'>): Promise<void> {
  const now = deps.now();
  const today = new Date(`${dayOf(now)}T00:00:00Z`);
  for (const task of PER_DAY_TASKS) {
    const first = await findFirstScheduledRun(deps.db, task);
    if (!first) continue;
    const from = new Date(Math.max(first.getTime(), now.getTime() - LOOK_BACK_MS));
    const runs = scheduledRunsBetween(task, from, today).map((at) => ({ task, tick: at }));
    const missed = await insertMissedRuns(deps.db, runs, now);
    if (missed.length > 0) deps.log.warn(`days without ${task}`, { days: missed.map(({ tick }) => dayOf(tick)) });
  }
}
