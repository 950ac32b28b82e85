import { runAnnouncement } from '#web/features/operations/jobs/run-announcement.ts';
import { onPublishedDays } from '#web/features/policies/simulation/simulation-text.ts';
import { withDayNames } from '#web/lib/dates.ts';
import { expect, test } from 'vitest';

const run = (row: Partial<Parameters<typeof runAnnouncement>[0]> = {}) => ({
  task: 'curate-playlists' as const,
  status: 'running' as const,
  done: 0,
  total: 100,
  outcome: null,
  ...row,
});

test('a screen reader announces a job’s start, each quarter of it, and its end, and nothing between', () => {
  const done = { ...run({ done: 100, outcome: '12 playlists have their lists for 2026-11-21.' }), status: 'done' as const };
  expect(runAnnouncement(run(), undefined)).toBe('Curate playlists started.');
  expect(runAnnouncement(run({ done: 24 }), run())).toBeNull();
  expect(runAnnouncement(run({ done: 26 }), run({ done: 24 }))).toBe('Curate playlists: 26 of 100.');
  expect(runAnnouncement(run({ done: 7, total: null }), run({ total: null }))).toBeNull();
  expect(runAnnouncement(done, run({ done: 99 }))).toBe('Curate playlists: Done. 12 playlists have their lists for 21 November.');
  expect(runAnnouncement(done, done)).toBeNull();
});

test('a day stored as a batch tag is shown as a date, and text that only looks like one is unchanged', () => {
  expect(withDayNames('The sync of 2026-11-21 waits, #2026-99-99 does not.')).toBe('The sync of 21 November waits, #2026-99-99 does not.');
});

test('a simulated day without a list has no spread and nothing new: a gap in the line, not zero', () => {
  const spread = onPublishedDays(({ artistSpread }) => artistSpread);
  const day = { published: 1, unfilled: 0, artistSpread: 0.8 } as Parameters<typeof spread>[0];
  expect(spread(day)).toBe(0.8);
  expect(spread({ ...day, published: 0, unfilled: 1, artistSpread: 0 })).toBeNull();
});
