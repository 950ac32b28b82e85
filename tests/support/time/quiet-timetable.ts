import { timetableTicks } from '#drizzle/schema/index.ts';
import { CRONTAB } from '#jobs/crontab.ts';
import type { Database } from '#server/repos/database.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { parseCrontab } from 'graphile-worker';

const MINUTE_MS = 60_000;
const BEFORE_MS = 10 * MINUTE_MS;
const DAY_MINUTES = 1_440;

/**
 * Claims every tick of the day that begins now, so that real workers in real time run only what the test gives them: otherwise a test that is under way
 * at four in the morning meets the day's curation.
 */
export async function quietTimetable(db: Database): Promise<void> {
  const claimedAt = new Date();
  const fromMs = Math.floor(claimedAt.getTime() / MINUTE_MS) * MINUTE_MS - BEFORE_MS;
  const items = parseCrontab(CRONTAB);
  const ticks = Array.from({ length: DAY_MINUTES }, (_, minute) => new Date(fromMs + minute * MINUTE_MS)).flatMap((tick) => {
    const digest = {
      min: tick.getUTCMinutes(),
      hour: tick.getUTCHours(),
      date: tick.getUTCDate(),
      month: tick.getUTCMonth() + 1,
      dow: tick.getUTCDay(),
    };
    return items.flatMap(({ task, match }) => (match(digest) ? [{ task: task as JobName, tick, claimedAt, how: 'ran' as const }] : []));
  });
  await db.insert(timetableTicks).values(ticks);
}
