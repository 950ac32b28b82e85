import fc from 'fast-check';
import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { checkFeasibility, checkWithNearest, countFirst } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { FeasibilityInput } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import { expect, test } from 'vitest';
import { catalogOf } from './small-catalog.ts';

const DAYS = 4;

interface SmallWorld {
  /** Artist and album of each recording. */
  readonly credits: readonly (readonly [artist: number, album: number])[];
  readonly size: number;
  readonly window: number;
  readonly perArtist: number;
  readonly perAlbum: number;
}

const worlds: fc.Arbitrary<SmallWorld> = fc.record({
  credits: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 7 }),
  size: fc.integer({ min: 1, max: 3 }),
  window: fc.integer({ min: 0, max: 4 }),
  perArtist: fc.integer({ min: 1, max: 3 }),
  perAlbum: fc.integer({ min: 1, max: 3 }),
});

const policyOf = ({ size, window, perArtist, perAlbum }: SmallWorld): Policy =>
  policyV1.parse({
    version: 1,
    pool: { all: [] },
    size,
    rest: { days: window, scope: 'playlist' },
    caps: { perArtist, perAlbum },
    separation: { artist: 0 },
  });

function inputOf(world: SmallWorld, days = DAYS): FeasibilityInput {
  const policy = policyOf(world);
  const catalog = catalogOf(world.credits.map(([artist, album]) => ({ artistIds: [`a${artist}`], albumId: `b${album}` })));
  const own = [{ id: 'own', globalIndex: 1, themeTag: 'own', policyId: 'own', policyFamilyId: 'own', policy, refs: NO_REFS, marks: [] }];
  return { catalog, from: '2026-11-21', days, policy, own, others: [], repeatIndex: new RepeatIndex(), refsOf: () => NO_REFS };
}

/** Whether some schedule fills every day, by trying all. */
function hasSchedule({ credits, size, window, perArtist, perAlbum }: SmallWorld): boolean {
  const lists: number[][] = [];
  for (let bits = 0; bits < 1 << credits.length; bits++) {
    const rows = [...credits.keys()].filter((row) => (bits >> row) & 1);
    const most = (which: 0 | 1) =>
      Math.max(0, ...rows.map((row) => rows.filter((other) => credits[other]?.[which] === credits[row]?.[which]).length));
    if (rows.length === size && most(0) <= perArtist && most(1) <= perAlbum) lists.push(rows);
  }
  const continues = (days: readonly (readonly number[])[]): boolean =>
    days.length === DAYS ||
    lists.some(
      (list) =>
        !days.slice(-Math.max(0, window - 1) || days.length).some((day) => day.some((row) => list.includes(row))) && continues([...days, list]),
    );
  return continues([]);
}

function statesOf(input: FeasibilityInput): FeasibilityCheckView[] {
  return [...checkWithNearest(input)];
}

test('the first answer is never contradicted: not by trying all schedules, not by the exact check, not by any state on the way', () => {
  let [feasible, infeasible] = [0, 0];
  fc.assert(
    fc.property(worlds, (world) => {
      const first = countFirst(inputOf(world)).verdict;
      feasible += first === 'feasible' ? 1 : 0;
      infeasible += first === 'infeasible' ? 1 : 0;
      if (first !== 'open') expect(hasSchedule(world)).toBe(first === 'feasible');
      const states = statesOf(inputOf(world));
      const verdicts = [first, ...states.map(({ verdict }) => verdict)].filter((verdict) => verdict !== 'open');
      expect(new Set(verdicts).size).toBe(1);
      expect(states.at(-1)?.result?.kind).toBe(verdicts[0]);
      if (!hasSchedule(world)) expect(verdicts[0]).toBe('infeasible');
    }),
    { numRuns: 400 },
  );
  expect(Math.min(feasible, infeasible)).toBeGreaterThan(20);
});

test('the nearest policy is feasible, and some schedule fills every day', () => {
  let found = 0;
  fc.assert(
    fc.property(worlds, (world) => {
      const nearest = statesOf(inputOf(world)).at(-1)?.nearest;
      if (!nearest) return;
      found += 1;
      const { size, rest, caps } = nearest;
      const changed = { ...world, size, window: rest.days, ...caps };
      expect(hasSchedule(changed)).toBe(true);
      const steps = checkFeasibility(inputOf(changed));
      let step = steps.next();
      while (!step.done) step = steps.next();
      expect(step.value).toMatchObject({ kind: 'feasible', days: DAYS });
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(20);
});

test('the nearest policy changes what is in the conflict, and no more than needed', () => {
  const credits = Array.from({ length: 40 }, (_, n) => [n, n] as const);
  const nearestOf = (world: Partial<SmallWorld>) =>
    statesOf(inputOf({ credits, size: 10, window: 5, perArtist: 9, perAlbum: 9, ...world }, 30)).at(-1)?.nearest;
  expect(nearestOf({ size: 8 })).toBeNull();
  expect(nearestOf({ size: 9 })).toMatchObject({ size: 8, rest: { days: 5 } });
  expect(nearestOf({ size: 4, window: 11 })).toMatchObject({ size: 4, rest: { days: 10 } });
  const oneArtist = Array.from({ length: 40 }, (_, n) => [n % 4, n] as const);
  expect(nearestOf({ credits: oneArtist, size: 5, window: 1, perArtist: 1 })).toMatchObject({ size: 4, caps: { perArtist: 1 } });
});

test('the days are reported one after the other, then the conflicts, then the search for the nearest policy', () => {
  const credits = Array.from({ length: 13 }, (_, n) => [n, n] as const);
  const states = statesOf(inputOf({ credits, size: 2, window: 7, perArtist: 3, perAlbum: 3 }, 30));
  const days = states.filter(({ stage }) => stage === 'days').map(({ day }) => day);
  expect(days).toEqual(days.toSorted((a, b) => a - b));
  expect(new Set(days)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]));
  expect([...new Set(states.map(({ stage }) => stage))]).toEqual(['days', 'conflicts', 'nearest', null]);
  expect(states.find(({ stage }) => stage === 'conflicts')).toMatchObject({
    verdict: 'infeasible',
    failure: { day: 7, on: '2026-11-27', isLatest: false },
  });
});
