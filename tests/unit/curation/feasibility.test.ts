import { describe, expect, test } from 'vitest';
import { DAYS, assess, block, curateForReal, genre, greedy, looseCaps, ownWindow, policyOf, excludeUnknown } from './feasibility-catalog.ts';
import type { Network, Sketch } from './feasibility-catalog.ts';

const FEASIBLE: readonly (readonly [name: string, policy: Sketch, network?: Network])[] = [
  ['plenty', { size: 5, rest: ownWindow(5) }],
  ['the whole catalog in turn', { size: 20, rest: ownWindow(30), caps: looseCaps }],
  ['a small genre with a short repeat window', { pool: genre('tango'), size: 9, rest: ownWindow(2), caps: looseCaps }],
  ['blocks that fit', { size: 20, rest: ownWindow(3), caps: looseCaps, mix: [block('Tango', genre('tango'), 20), block('Pop', genre('pop'), 80)] }],
  [
    'pins and bans',
    { size: 10, rest: ownWindow(5), pins: [{ recording: { recordingId: 70 }, position: 1 }], bans: { recordings: [{ recordingId: 71 }] } },
  ],
  ['minutes', { size: 30, duration: { minutes: 60, tolerance: 2 }, rest: ownWindow(3), caps: looseCaps }],
  ['a list that hardly changes', { pool: genre('tango'), size: 12, turnover: 0.1, rest: ownWindow(5), caps: looseCaps }],
  ['several playlists in one repeat scope', { size: 10, rest: { days: 10, scope: 'policy' }, caps: looseCaps }, { lists: 3 }],
  ['beside another playlist', { size: 5, rest: { days: 30, scope: 'network' }, caps: looseCaps }, { others: greedy }],
];

describe('a feasible policy', () => {
  test.for(FEASIBLE)('%s: accepted, and filled when it is really curated', ([, sketch, network]) => {
    const policy = policyOf(sketch);
    const result = assess(policy, network);
    expect(result.kind).toBe('feasible');
    expect(curateForReal(policy, network)).toBeUndefined();
  });

  test('with a pool that ages is proved by counting when enough of it stays admitted the whole time, and is filled when curated', () => {
    const pool = {
      all: [
        { field: 'ingested_on', op: 'within_days', value: 400, ...excludeUnknown },
        { not: { field: 'release_date', op: 'within_days', value: 30, ...excludeUnknown } },
      ],
    };
    const policy = policyOf({ pool, size: 5, rest: ownWindow(5) });
    const result = assess(policy);
    expect(result).toMatchObject({ kind: 'feasible', days: DAYS, isIndefinite: false });
    expect(result.kind === 'feasible' && result.reasons.at(-1)).toContain(`on all of the next ${DAYS} days are enough`);
    expect(curateForReal(policy)).toBeUndefined();
  });

  test('with more lists than can be simulated while somebody waits is not called proved', () => {
    const policy = policyOf({ size: 80, duration: { minutes: 200, tolerance: 5 }, rest: ownWindow(5), caps: looseCaps });
    expect(assess(policy, { lists: 40 })).toMatchObject({ kind: 'unproved', pool: 600 });
    expect(assess(policy, { lists: 2 })).toMatchObject({ kind: 'feasible', days: DAYS });
  });

  test('with plenty of music is proved by counting, and says so', () => {
    expect(assess(policyOf({ size: 5, rest: ownWindow(5) }))).toMatchObject({ isIndefinite: true, pool: 600, needed: 25 });
    const tight = assess(policyOf({ size: 20, rest: ownWindow(30), caps: looseCaps }));
    expect(tight).toMatchObject({ isIndefinite: false, needed: 600 });
    expect(tight.kind === 'feasible' && tight.reasons.at(-1)).toContain('the next 32 days were simulated');
  });
});
