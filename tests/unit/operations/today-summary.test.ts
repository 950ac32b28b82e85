import { listDayStages } from '#server/use-cases/operations/schedule/schedule.ts';
import { summarizeToday } from '#server/use-cases/operations/view-overview.ts';
import { expect, test } from 'vitest';

test.each([
  [{ playlists: 0, full: 0, synced: 0, isHeld: false }, 'No playlists yet.'],
  [{ playlists: 12, full: 12, synced: 12, isHeld: false }, 'Today is done.'],
  [{ playlists: 12, full: 12, synced: 11, isHeld: false }, 'Today is done, except one playlist.'],
  [{ playlists: 667, full: 667, synced: 12, isHeld: false }, '12 of 667 playlists are done today.'],
  [{ playlists: 667, full: 667, synced: 12, isHeld: true }, 'Today needs your approval.'],
  [{ playlists: 12, full: 12, synced: 0, isHeld: false }, 'Today is curated but not yet synced.'],
  [{ playlists: 12, full: 0, synced: 0, isHeld: false }, 'Today has not been curated yet.'],
])('the day state %o is described as “%s”', (state, answer) => {
  expect(summarizeToday(state)).toBe(answer);
});

test('a step whose hour has passed without a run says so; one in the future does not', () => {
  const steps = listDayStages([], new Date('2026-11-21T03:10:00Z')).map(({ at, message: status }) => `${at} ${status}`);
  expect(steps.slice(0, 3)).toEqual(['02:00 not run today', '03:00 not run today', '03:30 not yet']);
});
