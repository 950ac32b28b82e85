import type { Policy, PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { policyV1 } from '#shared/contracts/policies/policy.ts';
import { comparePools, listDifferences } from '#shared/domain/policies/policy-diff.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPolicy } from '#tests/support/network/any-policy.ts';
import { catalogOf } from '#tests/unit/curation/small-catalog.ts';

type Change = Partial<PolicyV1Input>;
const policyOf = (change: Change) => policyV1.parse({ version: 1, pool: { all: [] }, ...change });
const diff = (before: Change, after: Change) =>
  listDifferences(policyOf(before), policyOf(after)).map(({ path, before: was, after: is }) => [path, was, is]);
const energetic = { field: 'energy', op: 'gte', value: 0.6 } as const;
const jazz = { field: 'genre', op: 'has', value: 'jazz' } as const;

const between = (low: number, high: number) => policyOf({ pool: { field: 'energy', op: 'between', value: [low, high] } }).pool;

const KEYS = Object.keys(policyV1.shape) as (keyof Policy)[];

const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).toSorted();

/** Lists without a meaningful order, sorted. */
function unordered(policy: Policy): unknown {
  const { pool, prefer, mix, pins, bans, exclusivity } = policy;
  return {
    ...policy,
    // An "all" with one rule means the rule itself.
    pool: sorted('all' in pool && pool.all.length > 0 ? pool.all : [pool]),
    prefer: sorted(prefer),
    mix: sorted(mix),
    pins: sorted(pins),
    bans: { recordings: sorted(bans.recordings), artists: sorted(bans.artists), albums: sorted(bans.albums) },
    exclusivity: { ...exclusivity, yieldsTo: sorted(exclusivity.yieldsTo) },
  };
}

describe('the difference of two versions', () => {
  test('is empty when they mean the same, in whatever order their rules are', () => {
    expect(diff({ pool: { all: [energetic, jazz] } }, { pool: { all: [jazz, energetic] } })).toEqual([]);
    expect(diff({}, { size: 50, variety: 0.25 })).toEqual([]);
  });

  test('is never empty when anything differs except an order without meaning', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, fc.constantFrom(...KEYS), (policy, other, key) => {
        const changed: Policy = { ...policy, [key]: other[key] };
        const differences = listDifferences(policy, changed);
        const isSame = JSON.stringify(unordered(policy)) === JSON.stringify(unordered(changed));
        if (isSame) expect(differences).toEqual([]);
        else expect(differences.filter(({ before, after }) => before !== after)).not.toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each<[Change, Change]>([
    [{ variety: 0.12341 }, { variety: 0.12342 }],
    [{ pool: { ...energetic, value: 0.6001 } }, { pool: { ...energetic, value: 0.6002 } }],
    [{ pool: { any: [{ ...energetic, whenUnknown: 'include' }, jazz] } }, { pool: { any: [energetic, { ...jazz, whenUnknown: 'include' }] } }],
    [{ mix: [{ name: 'A', share: 100, rule: energetic }] }, { mix: [{ name: 'A', share: 100, rule: { ...energetic, whenUnknown: 'include' } }] }],
    [
      { prefer: [{ field: 'duration_ms', toward: 180_100, spread: 1, weight: 1 }] },
      { prefer: [{ field: 'duration_ms', toward: 180_200, spread: 1, weight: 1 }] },
    ],
    [{ pool: { any: [energetic, { all: [] }] } }, { pool: { any: [{ all: [] }, energetic] } }],
  ])('is worded differently however small it is: %j and %j', (before, after) => {
    const differences = listDifferences(policyOf(before), policyOf(after));
    expect(differences.length).toBeGreaterThan(0);
    for (const one of differences) expect(one.before).not.toBe(one.after);
  });

  test('gives a setting with its old and new value', () => {
    const changed = { size: 40, rest: { days: 14, scope: 'playlist' }, caps: { perArtist: 3, perAlbum: 1 }, turnover: 0.25 } as const;
    expect(diff({}, changed)).toEqual([
      ['size', '50', '40'],
      ['caps.perArtist', '2', '3'],
      ['rest.days', '30 days', '14 days'],
      ['rest.scope', 'all playlists', 'each playlist separately'],
      ['turnover', '100%', '25%'],
    ]);
    expect(diff({}, { duration: { minutes: 60 } })).toEqual([['duration', null, '60 ± 3 minutes']]);
    expect(diff({ exclusivity: { group: 'club' } }, {})).toEqual([['exclusivity.group', 'club', null]]);
  });

  test('names what was added, removed and changed in place', () => {
    expect(diff({ pool: { all: [energetic] } }, { pool: { all: [energetic, jazz] } })).toEqual([['pool.all.1', null, 'Genre is jazz']]);
    expect(diff({ pool: { all: [energetic] } }, { pool: { all: [{ ...energetic, value: 0.8 }] } })).toEqual([
      ['pool.all.0', 'Energy at least 0.60', 'Energy at least 0.80'],
    ]);
    expect(diff({ pool: { all: [energetic] } }, { pool: { all: [{ ...energetic, whenUnknown: 'include' }] } })).toEqual([
      ['pool.all.0', 'Energy at least 0.60', 'Energy at least 0.60 (or unknown)'],
    ]);
    const isrc = { isrc: 'USRC17607839' };
    expect(diff({ bans: { recordings: [isrc] } }, { pins: [{ recording: isrc, position: 2 }] })).toEqual([
      ['bans.recordings.0', 'ISRC USRC17607839', null],
      ['pins.0', null, 'ISRC USRC17607839 at position 2'],
    ]);
    const mix = [{ name: 'Loud', rule: energetic, share: 100 }];
    expect(diff({}, { mix })).toEqual([['mix.0', null, '100% Loud: Energy at least 0.60']]);
  });

  test('counts the recordings that enter and leave the pool', () => {
    const catalog = catalogOf([{ energy: 0.5 }, { energy: 0.65 }, { energy: 0.7 }, { energy: 0.9 }, { energy: null }]);
    expect(comparePools(catalog, { before: between(0.4, 0.7), after: between(0.6, 1), day: 0 })).toEqual({
      before: 3,
      after: 3,
      entering: 1,
      leaving: 1,
    });
  });
});
