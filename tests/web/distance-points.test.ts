import { repeatGapPoints } from '#web/features/playlists/page/repeat-gap-points.ts';
import { describe, expect, test } from 'vitest';

describe('the chart of repeat distances', () => {
  test('has a bar per day from the first on, and the limit is drawn before the first day that may repeat', () => {
    const { points, ruleBefore } = repeatGapPoints({
      restDays: 3,
      repeatDistances: [
        { distance: 3, recordings: 4 },
        { distance: 5, recordings: 1 },
      ],
    });
    expect(points.map(({ name, values: [value] }) => `${name} ${value}`)).toEqual(['1 day 0', '2 days 0', '3 days 4', '4 days 0', '5 days 1']);
    expect(ruleBefore).toBe(2);
  });

  test('lets several days share a bar when there are many, and loses nothing', () => {
    const returns = [30, 60, 61, 90].map((distance) => ({ distance, recordings: 2 }));
    const { points, ruleBefore } = repeatGapPoints({ restDays: 30, repeatDistances: returns });
    expect(points).toHaveLength(45);
    expect(points[14]).toEqual({ name: '29–30 days', values: [2] });
    expect(points.reduce((sum, { values: [value] }) => sum + (value ?? 0), 0)).toBe(8);
    expect(ruleBefore).toBe(14.5);
  });

  test('draws nothing when nothing repeated', () => {
    expect(repeatGapPoints({ restDays: 30, repeatDistances: [] })).toEqual({ points: [], ruleBefore: null });
  });
});
