import type { Deps } from '#server/deps.ts';
import { enqueueForgottenTick } from '#server/repos/job-queue.ts';
import { listTimetableStarts } from '#server/repos/operations/timetable-ticks.ts';
import { DAILY_AT, dailyTicksBetween } from './timetable.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Before it, a tick may still be on its way. */
const GRACE_MS = 600_000;

/**
 * Brings those of today's daily ticks that are past and that no worker brought, because a clock jumped over them or was wrong when they came. Each
 * still runs once, however often this is asked and by however many. Ticks from before this house had a timetable are nobody's.
 */
export async function makeUpForToday(deps: Pick<Deps, 'db' | 'now' | 'log'>): Promise<void> {
  const until = new Date(deps.now().getTime() - GRACE_MS);
  const today = new Date(`${dayOf(deps.now())}T00:00:00Z`);
  const starts = await listTimetableStarts(deps.db);
  for (const { task } of DAILY_AT) {
    const since = starts.get(task);
    const tick = dailyTicksBetween(task, today, until)[0];
    if (tick === undefined || since === undefined || since > tick) continue;
    if (await enqueueForgottenTick(deps.db, { task, tick })) deps.log.warn('a tick that nobody brought is made up for', { task, tick });
  }
}
