import { CRONTAB } from '#jobs/crontab.ts';
import { DAILY_AT, nextTicks } from '#server/use-cases/operations/timetable.ts';
import { parseCrontab } from 'graphile-worker';
import { describe, expect, test } from 'vitest';

describe('the timetable', () => {
  test('shown on the overview is the one that the clock follows', () => {
    const ticks = parseCrontab(CRONTAB.replaceAll(/^\*\/.*$/gm, '')).map((item) => item.task);
    expect(ticks).toEqual(DAILY_AT.map(({ task }) => task));
    for (const { task, hour, minute } of DAILY_AT) expect(CRONTAB).toContain(`${minute} ${hour} * * * ${task} `);
  });

  test('gives every task a queue of its own, so that two runs of one task never overlap', () => {
    for (const line of CRONTAB.trim().split('\n')) expect(line).toMatch(/\* ([\w-]+) \?.*jobKey=\1&queue=\1&/);
  });

  test('tells what comes next, today or tomorrow, soonest first', () => {
    const next = nextTicks(new Date('2026-11-21T03:45:00Z'), { playlists: 12, queued: 3 });
    expect(next.map(({ at }) => at)).toEqual([
      '2026-11-21T04:00:00.000Z',
      '2026-11-21T04:10:00.000Z',
      '2026-11-22T02:00:00.000Z',
      '2026-11-22T03:00:00.000Z',
      '2026-11-22T03:30:00.000Z',
    ]);
  });
});
