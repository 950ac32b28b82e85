import { timetableTicks } from '#drizzle/schema/index.ts';
import { CRONTAB } from '#jobs/crontab.ts';
import type { Database } from '#server/repos/database.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { parseCrontab } from 'graphile-worker';

const MINUTE_MS = 60_000;
const BEFORE_MS = 10 * MINUTE_MS;
const DAY_MINUTES = 1_440;

/**
 * Claims all scheduled runs of the next 24 hours (and the last ten minutes), so that real workers run only what the test gives them. Otherwise a test
 * that runs at 04:00 would start the day's curation.
 */
export async function claimScheduledRuns(db: Database): Promise<void> {
  const claimedAt = new Date();
  const fromMs = Math.floor(claimedAt.getTime() / MINUTE_MS) * MINUTE_MS - BEFORE_MS;
  const items = parseCrontab(CRONTAB);
  const runs = Array.from({ length: DAY_MINUTES }, (_, minute) => new Date(fromMs + minute * MINUTE_MS)).flatMap((tick) => {
    const digest = {
      min: tick.getUTCMinutes(),
      hour: tick.getUTCHours(),
      date: tick.getUTCDate(),
      month: tick.getUTCMonth() + 1,
      dow: tick.getUTCDay(),
    };
    return items.flatMap(({ task, match }) => (match(digest) ? [{ task: task as JobName, tick, claimedAt, how: 'ran' as const }] : []));
  });
  await db.insert(timetableTicks).values(runs);
}
