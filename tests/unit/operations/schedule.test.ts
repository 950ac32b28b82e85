import { CRONTAB } from '#jobs/crontab.ts';
import { DAILY_TASKS, HOURLY_TASKS, scheduledRunsBetween, nextScheduledRun, listNextRuns } from '#server/use-cases/operations/schedule/schedule.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { parseCrontab } from 'graphile-worker';
import { describe, expect, test } from 'vitest';

const between = (from: string, to: string) =>
  scheduledRunsBetween('curate-playlists', new Date(from), new Date(to)).map((tick) => tick.toISOString());

describe('the schedule', () => {
  test('shown on the screens is the one that the scheduler follows', () => {
    const shown = [...DAILY_TASKS, ...HOURLY_TASKS].map(({ task }) => task);
    expect(parseCrontab(CRONTAB).map((item) => item.task)).toEqual(shown);
    // Every minute of a day, as the queue's own parser reads the crontab.
    for (const { task: name, match } of parseCrontab(CRONTAB)) {
      const task = name as JobName;
      const midnight = Date.parse('2026-11-21T00:00:00Z');
      const minutes = Array.from({ length: 1440 }, (_, min) => min).filter((min) =>
        match({ min: min % 60, hour: Math.floor(min / 60), date: 21, month: 11, dow: 6 }),
      );
      const differences: number[] = [];
      for (let at = nextScheduledRun(task, new Date(midnight - 1)); at && at.getTime() < midnight + 86_400_000; at = nextScheduledRun(task, at))
        differences.push((at.getTime() - midnight) / 60_000);
      expect(differences).toEqual(minutes);
    }
  });

  test('knows which daily scheduled runs lie between two instants', () => {
    expect(between('2026-11-19T04:00:00Z', '2026-11-21T04:00:00Z')).toEqual(['2026-11-19T04:00:00.000Z', '2026-11-20T04:00:00.000Z']);
    expect(between('2026-11-19T04:00:00.001Z', '2026-11-20T00:00:00Z')).toEqual([]);
    expect(scheduledRunsBetween('refresh-tokens', new Date(0), new Date(86_400_000))).toEqual([]);
  });

  test('gives every task a queue of its own, so that two runs of one task never overlap', () => {
    for (const line of CRONTAB.trim().split('\n')) expect(line).toMatch(/\* ([\w-]+) \?.*jobKey=tick:\1&queue=\1&/);
  });

  test('lists what comes next, today or tomorrow, soonest first', () => {
    const next = listNextRuns(new Date('2026-11-21T03:45:00Z'), { playlists: 12, queued: 3 });
    expect(next.map(({ at }) => at)).toEqual([
      '2026-11-21T04:00:00.000Z',
      '2026-11-21T04:05:00.000Z',
      '2026-11-21T04:10:00.000Z',
      '2026-11-21T05:30:00.000Z',
      '2026-11-21T06:15:00.000Z',
      '2026-11-22T02:00:00.000Z',
      '2026-11-22T03:00:00.000Z',
      '2026-11-22T03:30:00.000Z',
    ]);
  });
});
