import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { neighborsOf } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { gapOf } from '#shared/domain/curation/sequencing.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { countOverCaps, findEarlyReturns, listsOf, rowsOf, simulateDays } from './simulated-days.ts';
import { catalogOf } from './small-catalog.ts';

const FROM = '2026-05-01';

const catalogOfRules = catalogOf(
  Array.from({ length: 90 }, (_, at) => ({
    energy: chanceOf(1, at),
    tempo: 70 + 100 * chanceOf(2, at),
    popularity: Math.floor(100 * chanceOf(3, at)),
    artistIds: [`a${(at % 70) % 17}`],
    albumId: `b${at % 31}`,
    title: `Song ${at % 70}${at >= 70 ? ' - Live' : ''}`,
    durationMs: 150_000 + (at % 9) * 20_000,
  })),
);
/** What goes with three recordings that are on lists together, and not with a fourth. */
const neighbors = neighborsOf(catalogOfRules, {
  seeds: [1, 2, 3].map((row) => ({ kind: 'recording', rows: [row] })),
  avoid: [{ kind: 'recording', rows: [4] }],
  lists: [
    [1, 2, 20, 21, 22],
    [3, 20, 30, 31],
    [4, 40, 41],
  ],
});
const share = fc.integer({ min: 0, max: 10 }).map((n) => n / 10);
const anyListPolicy = fc.record({
  size: fc.integer({ min: 1, max: 8 }),
  caps: fc.record({ perArtist: fc.integer({ min: 1, max: 3 }), perAlbum: fc.integer({ min: 1, max: 2 }) }),
  prefer: fc.array(
    fc.oneof(
      fc.record({
        field: fc.constantFrom('energy', 'popularity'),
        toward: share,
        spread: fc.integer({ min: 1, max: 9 }).map((n) => n / 10),
        weight: fc.constantFrom(1, 3),
      }),
      fc.record({ field: fc.constant('release_date'), newest: fc.constant(true), weight: fc.constant(1) }),
    ),
    { maxLength: 3 },
  ),
  rest: fc.record({ days: fc.integer({ min: 0, max: 3 }), scope: fc.constantFrom('network', 'playlist', 'policy') }),
  flow: fc.record({ energy: fc.constantFrom('free', 'rise', 'wave'), harmonic: share, tempo: share }),
  songs: fc.record({ days: fc.integer({ min: 0, max: 3 }) }),
  turnover: fc.constantFrom(1, 0.5),
  variety: share,
  mix: fc.constantFrom<readonly unknown[]>(
    [],
    [
      { name: 'Loud', share: 50, rule: { field: 'energy', op: 'gte', value: 0.5 } },
      { name: 'Quiet', share: 50, rule: { field: 'energy', op: 'lte', value: 0.5 } },
    ],
  ),
  duration: fc.constantFrom(undefined, undefined, { minutes: 16, tolerance: 3 }),
  pool: fc.constantFrom(
    { all: [] },
    { field: 'popularity', op: 'gte', value: 20 },
    { field: 'energy', op: 'lte', value: 0.8, whenUnknown: 'include' },
  ),
  exclusivity: fc.constantFrom({}, { group: 'house' }),
  artistDays: fc.integer({ min: 0, max: 3 }),
  seed: fc.constantFrom('a', 'b', 'c'),
});
const anyCase = fc.record({ body: anyListPolicy, hasExamples: fc.boolean(), count: fc.constantFrom(1, 1, 2) });

/** Random policies that are tried; `RANDOM_POLICIES=10000` tries more. */
const RANDOM_POLICIES = Number(process.env['RANDOM_POLICIES'] ?? 200);

/** A body that says what it is about: with a playing time there is no mix, and an absent playing time is no key. */
function policyOf({ duration, ...body }: Record<string, unknown>) {
  return parsePolicy({ version: 2, ...body, ...(duration === undefined ? {} : { duration, mix: [] }) });
}

test('no rule is broken, however random policies combine pool, mix, playing time, songs, caps, turnover and examples', { timeout: 3_600_000 }, () => {
  let [published, wanted] = [0, 0];
  const check = ({ body, hasExamples, count }: { body: Record<string, unknown>; hasExamples: boolean; count: number }) => {
    const policy = policyOf(body);
    const lists = listsOf(policy, count).map((list) => ({ ...list, refs: { ...list.refs, ...(hasExamples ? { neighbors } : {}) } }));
    const days = simulateDays(catalogOfRules, { from: FROM, days: 3, listsOn: () => lists });
    expect(findEarlyReturns(days, policy.rest.days)).toEqual([]);
    const admitted = new Set(evaluatePool(catalogOfRules, policy.pool, dayNumber(FROM)).rows);
    for (const { drafts } of days) {
      const shown = drafts.flatMap((draft) => rowsOf(draft));
      if (policy.rest.scope !== 'playlist' || policy.exclusivity.group !== undefined) expect(new Set(shown).size).toBe(shown.length);
      for (const draft of drafts) {
        wanted += 1;
        const ids = rowsOf(draft);
        if (ids.length === 0) continue;
        published += 1;
        expectRulesKept(ids, policy, admitted);
      }
    }
    for (const { id } of lists) {
      const [first = [], second = []] = days.map(({ drafts }) => rowsOf(drafts.find(({ playlistId }) => playlistId === id)));
      const came = second.filter((row) => !first.includes(row)).map(songOf);
      if (policy.version === 2 && policy.songs.days > 0) expect(came.filter((song) => first.some((row) => songOf(row) === song))).toEqual([]);
    }
  };
  fc.assert(fc.property(anyCase, check), { numRuns: RANDOM_POLICIES });
  expect(published).toBeGreaterThan(wanted / 3);
});

const songOf = (row: number) => row % 70;

function expectRulesKept(ids: readonly number[], policy: Policy, admitted: ReadonlySet<number>): void {
  const minutes = ids.reduce((sum, row) => sum + (catalogOfRules.numbers.duration_ms[row] ?? 0), 0) / 60_000;
  if (policy.duration) expect(Math.abs(minutes - policy.duration.minutes)).toBeLessThanOrEqual(policy.duration.tolerance);
  else expect(ids.length).toBe(policy.size);
  expect(ids.filter((row) => !admitted.has(row))).toEqual([]);
  expect(countOverCaps(catalogOfRules, ids, policy.caps)).toBe(0);
  expect(new Set(ids.map(songOf)).size).toBe(ids.length);
  if (policy.mix.length > 0)
    expect(Math.abs(ids.filter((row) => (catalogOfRules.numbers.energy[row] ?? 0) >= 0.5).length - ids.length / 2)).toBeLessThanOrEqual(0.5);
  expect(gapOf(ids, catalogOfRules)).toBeGreaterThan(0);
}

function curateTwoDays({ body, hasExamples }: { body: Record<string, unknown>; hasExamples: boolean }) {
  const lists = listsOf(policyOf(body), 1).map((list) => ({ ...list, refs: { ...list.refs, ...(hasExamples ? { neighbors } : {}) } }));
  return simulateDays(catalogOfRules, { from: FROM, days: 2, listsOn: () => lists }).map(({ drafts }) => drafts);
}

test('the same policy, seed and examples give the same lists', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      expect(curateTwoDays(one)).toEqual(curateTwoDays(one));
    }),
    { numRuns: RANDOM_POLICIES / 10 },
  );
});
