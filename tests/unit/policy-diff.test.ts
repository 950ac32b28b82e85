import type { PolicyV1Input } from '#shared/contracts/policy.ts';
import { policyV1 } from '#shared/contracts/policy.ts';
import { comparePools, listDifferences } from '#shared/domain/policy-diff.ts';
import { describe, expect, test } from 'vitest';
import { catalogueOf } from './small-catalogue.ts';

type Change = Partial<PolicyV1Input>;
const policyOf = (change: Change) => policyV1.parse({ version: 1, pool: { all: [] }, ...change });
const diff = (before: Change, after: Change) =>
  listDifferences(policyOf(before), policyOf(after)).map(({ path, before: was, after: is }) => [path, was, is]);
const loud = { field: 'energy', op: 'gte', value: 0.6 } as const;
const jazz = { field: 'genre', op: 'has', value: 'jazz' } as const;

const between = (low: number, high: number) => policyOf({ pool: { field: 'energy', op: 'between', value: [low, high] } }).pool;

describe('the difference of two versions', () => {
  test('is nothing where they say the same, in whatever order their rules stand', () => {
    expect(diff({ pool: { all: [loud, jazz] } }, { pool: { all: [jazz, loud] } })).toEqual([]);
    expect(diff({}, { size: 50, variety: 0.25 })).toEqual([]);
  });

  test('tells a setting with what it was and what it is', () => {
    const changed = { size: 40, rest: { days: 14, scope: 'playlist' }, caps: { perArtist: 3, perAlbum: 1 }, turnover: 0.25 } as const;
    expect(diff({}, changed)).toEqual([
      ['size', '50', '40'],
      ['caps.perArtist', '2', '3'],
      ['rest.days', '30', '14'],
      ['rest.scope', 'in the whole network', 'in the playlist'],
      ['turnover', '100 %', '25 %'],
    ]);
    expect(diff({}, { duration: { minutes: 60 } })).toEqual([['duration', null, '60 minutes, give or take 3']]);
    expect(diff({ exclusivity: { group: 'club' } }, {})).toEqual([['exclusivity.group', 'club', null]]);
  });

  test('tells what came, what went and what was changed in its place', () => {
    expect(diff({ pool: { all: [loud] } }, { pool: { all: [loud, jazz] } })).toEqual([['pool.all.1', null, 'Genre is jazz']]);
    expect(diff({ pool: { all: [loud] } }, { pool: { all: [{ ...loud, value: 0.8 }] } })).toEqual([
      ['pool.all.0', 'Energy at least 0.6', 'Energy at least 0.8'],
    ]);
    expect(diff({ pool: { all: [loud] } }, { pool: { all: [{ ...loud, whenUnknown: 'include' }] } })).toEqual([
      ['pool.all.0', 'Energy at least 0.6', 'Energy at least 0.6 (unknown passes)'],
    ]);
    const isrc = { isrc: 'USRC17607839' };
    expect(diff({ bans: { recordings: [isrc] } }, { pins: [{ recording: isrc, position: 2 }] })).toEqual([
      ['bans.recordings.0', 'ISRC USRC17607839', null],
      ['pins.0', null, 'ISRC USRC17607839 at 2'],
    ]);
    const mix = [{ name: 'Loud', rule: loud, share: 100 }];
    expect(diff({}, { mix })).toEqual([['mix.0', null, '100 % Loud: Energy at least 0.6']]);
  });

  test('counts what comes into the pool and what leaves it', () => {
    const catalogue = catalogueOf([{ energy: 0.5 }, { energy: 0.65 }, { energy: 0.7 }, { energy: 0.9 }, { energy: null }]);
    expect(comparePools(catalogue, { before: between(0.4, 0.7), after: between(0.6, 1), day: 0 })).toEqual({
      before: 3,
      after: 3,
      entering: 1,
      leaving: 1,
    });
  });
});
