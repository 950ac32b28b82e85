import { addDays } from '#shared/domain/calendar.ts';
import { membersOf, withoutMembers } from '#shared/domain/curation/feasibility/members.ts';
import { describe, expect, test } from 'vitest';
import {
  FROM,
  assess,
  atLeast,
  block,
  curateForReal,
  genre,
  greedy,
  listsOf,
  looseCaps,
  ownWindow,
  policyOf,
  excludeUnknown,
} from './feasibility-catalog.ts';
import type { Network, Sketch } from './feasibility-catalog.ts';

const clubA = listsOf(policyOf({ pool: genre('tango'), size: 10, rest: ownWindow(0), caps: looseCaps, exclusivity: { group: 'club' } }), 1, 'club');

/** Infeasible policies, and the rules that must be named for each. */
const INFEASIBLE: readonly (readonly [name: string, policy: Sketch, conflict: readonly string[], network?: Network])[] = [
  ['no recording matches', { pool: genre('polka'), size: 10, rest: ownWindow(0) }, ['pool']],
  ['too few recordings', { pool: genre('tango'), size: 30, rest: ownWindow(0), caps: looseCaps }, ['pool', 'size']],
  ['too few in an "all"', { pool: { all: [genre('tango')] }, size: 30, rest: ownWindow(0), caps: looseCaps }, ['pool.all.0', 'size']],
  [
    'two rules with little in common',
    { pool: { all: [genre('tango'), atLeast('energy', 0.5)] }, size: 15, rest: ownWindow(0), caps: looseCaps },
    ['pool.all.0', 'pool.all.1', 'size'],
  ],
  [
    'a third rule outside the conflict',
    { pool: { all: [atLeast('tempo', 10), genre('tango'), atLeast('energy', 0.5)] }, size: 15, rest: ownWindow(0), caps: looseCaps },
    ['pool.all.1', 'pool.all.2', 'size'],
  ],
  [
    'rules that exclude each other',
    { pool: { all: [genre('fado'), genre('box')] }, size: 5, rest: ownWindow(0), caps: looseCaps },
    ['pool.all.0', 'pool.all.1'],
  ],
  ['a narrow "any"', { pool: { any: [genre('polka'), genre('tango')] }, size: 40, rest: ownWindow(0), caps: looseCaps }, ['pool', 'size']],
  [
    'a "not" of nearly everything',
    { pool: { not: genre('pop', 'jazz', 'fado', 'box') }, size: 30, rest: ownWindow(0), caps: looseCaps },
    ['pool', 'size'],
  ],
  [
    'a window of dates',
    { pool: { field: 'release_date', op: 'on_or_after', value: '2024-01-01', ...excludeUnknown }, size: 20, rest: ownWindow(0), caps: looseCaps },
    ['pool', 'size'],
  ],
  [
    'an age limit that expires',
    { pool: { field: 'ingested_on', op: 'within_days', value: 14, ...excludeUnknown }, size: 10, rest: ownWindow(0), caps: looseCaps },
    ['pool'],
  ],
  [
    'an import that soon ages out',
    { pool: { all: [{ field: 'ingested_on', op: 'within_days', value: 10, ...excludeUnknown }] }, size: 3, rest: ownWindow(0), caps: looseCaps },
    ['pool.all.0'],
  ],
  ['more than there is', { size: 500, rest: ownWindow(2), caps: looseCaps }, ['turnover', 'rest.days', 'size']],
  [
    'a repeat window longer than the pool lasts',
    { pool: genre('tango'), size: 5, rest: ownWindow(10), caps: looseCaps },
    ['turnover', 'rest.days', 'pool', 'size'],
  ],
  ['a month of a small genre', { pool: genre('jazz'), size: 10, rest: ownWindow(30), caps: looseCaps }, ['turnover', 'rest.days', 'pool', 'size']],
  ['a one-year repeat window for the whole catalog', { size: 20, rest: ownWindow(365), caps: looseCaps }, ['turnover', 'rest.days', 'size']],
  [
    'a shared repeat scope',
    { pool: genre('jazz'), size: 10, rest: { days: 10, scope: 'policy' }, caps: looseCaps },
    ['rest.scope', 'turnover', 'rest.days', 'pool', 'size'],
    { lists: 3 },
  ],
  [
    'more playlists than a genre can fill',
    { pool: genre('tango'), size: 8, rest: { days: 1, scope: 'policy' }, caps: looseCaps },
    ['rest.scope', 'pool', 'size'],
    { lists: 3 },
  ],
  [
    'beside a playlist that needs most of the music',
    { size: 12, rest: { days: 30, scope: 'network' }, caps: looseCaps },
    ['rest.scope', 'turnover', 'rest.days', 'size'],
    { others: greedy },
  ],
  ['one artist', { pool: genre('fado'), size: 5, rest: ownWindow(0), caps: { perArtist: 2, perAlbum: 500 } }, ['caps.perArtist', 'pool', 'size']],
  ['one album', { pool: genre('box'), size: 5, rest: ownWindow(0), caps: { perArtist: 500, perAlbum: 1 } }, ['caps.perAlbum', 'pool', 'size']],
  [
    'one artist over many days',
    { pool: genre('fado', 'tango'), size: 8, rest: ownWindow(5), caps: { perArtist: 2, perAlbum: 500 } },
    ['caps.perArtist', 'turnover', 'rest.days', 'pool', 'size'],
  ],
  ['more artists than the catalog has', { size: 300, rest: ownWindow(0), caps: { perArtist: 2, perAlbum: 500 } }, ['caps.perArtist', 'size']],
  ['more albums than the catalog has', { size: 300, rest: ownWindow(0), caps: { perArtist: 500, perAlbum: 1 } }, ['caps.perAlbum', 'size']],
  [
    'a block without recordings',
    { size: 20, rest: ownWindow(0), caps: looseCaps, mix: [block('Polka', genre('polka'), 50), block('Rest', { all: [] }, 50)] },
    ['mix.0'],
  ],
  [
    'a block that is too small',
    { size: 100, rest: ownWindow(0), caps: looseCaps, mix: [block('Tango', genre('tango'), 40), block('Jazz', genre('jazz'), 60)] },
    ['mix.0', 'size'],
  ],
  [
    'a block outside the pool',
    { pool: genre('jazz'), size: 20, rest: ownWindow(0), caps: looseCaps, mix: [block('Pop', genre('pop'), 50), block('Jazz', genre('jazz'), 50)] },
    ['mix.0', 'pool'],
  ],
  [
    'a block that runs out',
    { size: 20, rest: ownWindow(10), caps: looseCaps, mix: [block('Tango', genre('tango'), 20), block('Pop', genre('pop'), 80)] },
    ['mix.0', 'turnover', 'rest.days', 'size'],
  ],
  [
    'a block by one artist',
    { size: 10, rest: ownWindow(0), caps: { perArtist: 2, perAlbum: 500 }, mix: [block('Fado', genre('fado'), 50), block('Pop', genre('pop'), 50)] },
    ['caps.perArtist', 'mix.0', 'size'],
  ],
  [
    'more pins than slots',
    { size: 2, rest: ownWindow(0), pins: [1, 40, 70].map((recordingId) => ({ recording: { recordingId } })), caps: looseCaps },
    ['pins.0', 'pins.1', 'pins.2', 'size'],
  ],
  [
    'two pins at one position',
    { size: 9, rest: ownWindow(0), pins: [40, 70].map((recordingId) => ({ recording: { recordingId }, position: 3 })), caps: looseCaps },
    ['pins.0', 'pins.1'],
  ],
  [
    'pins of one artist',
    { size: 9, rest: ownWindow(0), pins: [1, 2, 3].map((recordingId) => ({ recording: { recordingId } })), caps: { perArtist: 2, perAlbum: 500 } },
    ['pins.0', 'pins.1', 'pins.2', 'caps.perArtist'],
  ],
  [
    'a pin that is banned',
    { size: 9, rest: ownWindow(0), pins: [{ recording: { recordingId: 40 } }], bans: { recordings: [{ recordingId: 40 }] }, caps: looseCaps },
    ['bans.recordings', 'pins.0'],
  ],
  [
    'a pin beyond the end',
    { size: 9, rest: ownWindow(0), pins: [{ recording: { recordingId: 40 }, position: 12 }], caps: looseCaps },
    ['pins.0', 'size'],
  ],
  [
    'everything in the pool banned',
    { pool: genre('fado'), size: 5, rest: ownWindow(0), bans: { artists: ['solo'.padEnd(22, '0')] }, caps: looseCaps },
    ['bans.artists', 'pool'],
  ],
  [
    'an album banned',
    { pool: genre('box'), size: 5, rest: ownWindow(0), bans: { albums: ['box'.padEnd(22, '0')] }, caps: looseCaps },
    ['bans.albums', 'pool'],
  ],
  [
    'more time than the tracks allow',
    { size: 5, duration: { minutes: 60, tolerance: 3 }, rest: ownWindow(0), caps: looseCaps },
    ['size', 'duration'],
  ],
  [
    'more time than the pool has',
    { pool: genre('tango'), size: 100, duration: { minutes: 120, tolerance: 3 }, rest: ownWindow(0), caps: looseCaps },
    ['pool', 'duration'],
  ],
  [
    'a group that already shows its tracks',
    { pool: genre('tango'), size: 10, rest: ownWindow(0), caps: looseCaps, exclusivity: { yieldsTo: ['club'] } },
    ['exclusivity', 'pool', 'size'],
    { others: clubA },
  ],
  [
    'little turnover is still too much',
    { pool: genre('jazz'), size: 20, turnover: 0.5, rest: ownWindow(30), caps: looseCaps },
    ['turnover', 'rest.days', 'pool', 'size'],
  ],
  [
    'half of a list new every day, from a pool no larger than the list',
    { pool: genre('tango'), size: 18, turnover: 0.5, rest: ownWindow(0), caps: looseCaps },
    ['turnover', 'pool', 'size'],
  ],
  [
    'tracks of one artist that cannot be separated',
    { pool: genre('fado'), size: 5, rest: ownWindow(0), caps: looseCaps, separation: { artist: 3 } },
    ['separation.artist', 'pool', 'size'],
  ],
  [
    'a large separation for few artists',
    { pool: genre('fado', 'tango'), size: 12, rest: ownWindow(0), caps: looseCaps, separation: { artist: 6 } },
    ['separation.artist', 'pool', 'size'],
  ],
  [
    'a block by one artist, with separation',
    {
      size: 10,
      rest: ownWindow(0),
      caps: looseCaps,
      separation: { artist: 5 },
      mix: [block('Fado', genre('fado'), 50), block('Pop', genre('pop'), 50)],
    },
    ['separation.artist', 'mix.0', 'size'],
  ],
];

/** Several infeasible things at once, and the rules of each. */
const MULTIPLE_CONFLICTS: readonly (readonly [name: string, policy: Sketch, conflicts: readonly (readonly string[])[]])[] = [
  [
    'two pins at one position, and a genre the catalog lacks',
    {
      size: 9,
      rest: ownWindow(0),
      caps: looseCaps,
      pins: [40, 70].map((recordingId) => ({ recording: { recordingId }, position: 3 })),
      pool: genre('polka'),
    },
    [['pins.0', 'pins.1'], ['pool']],
  ],
  [
    'a cap and a separation that both leave too little of one artist',
    { pool: genre('fado'), size: 5, rest: ownWindow(0), caps: { perArtist: 2, perAlbum: 500 }, separation: { artist: 3 } },
    [
      ['caps.perArtist', 'pool', 'size'],
      ['separation.artist', 'pool', 'size'],
    ],
  ],
  [
    'two blocks without recordings, and a pin that is banned',
    {
      size: 20,
      rest: ownWindow(0),
      caps: looseCaps,
      mix: [block('Polka', genre('polka'), 50), block('Ska', genre('ska'), 50)],
      pins: [{ recording: { recordingId: 40 } }],
      bans: { recordings: [{ recordingId: 40 }] },
    },
    // A list of one track has no slot for the second block.
    [['mix.0'], ['mix.1', 'size'], ['pins.0', 'bans.recordings']],
  ],
];

describe('an infeasible policy', () => {
  test('has at least thirty kinds here', () => expect(INFEASIBLE.length).toBeGreaterThanOrEqual(30));

  test.for(INFEASIBLE)('%s: refused with the smallest conflict, and the day', ([, sketch, expected, network]) => {
    const policy = policyOf(sketch);
    const result = assess(policy, network);
    if (result.kind !== 'infeasible') throw new Error('The policy was found feasible.');
    expect(result.conflict.map((member) => member.path).toSorted()).toEqual([...expected].toSorted());
    expect(result.dryDay).toBe(curateForReal(policy, network));
    expect(result.dryOn).toBe(addDays(FROM, result.dryDay - 1));
    for (const path of expected) {
      const member = membersOf(policy).filter((one) => one.path === path);
      const remaining = withoutMembers(policy, member);
      expect(assess(remaining, network).kind, `without ${path}`).toBe('feasible');
      expect(curateForReal(remaining, network), `without ${path}, really curated`).toBeUndefined();
    }
  });

  test.for(MULTIPLE_CONFLICTS)('%s: every conflict is reported, and relaxing one rule of each is enough', ([, sketch, expected]) => {
    const policy = policyOf(sketch);
    const result = assess(policy);
    if (result.kind !== 'infeasible') throw new Error('The policy was found feasible.');
    const conflicts = [result.conflict, ...result.furtherConflicts].map((members) => members.map((member) => member.path).toSorted());
    expect(conflicts.map((paths) => paths.join(' ')).toSorted()).toEqual(expected.map((paths) => paths.toSorted().join(' ')).toSorted());
    expect(result.summary).toContain(`These are ${expected.length} conflicts; resolve each of them.`);
    const remaining = (paths: readonly string[]) =>
      withoutMembers(
        policy,
        membersOf(policy).filter((member) => paths.includes(member.path)),
      );
    for (const one of expected) {
      const others = expected.filter((conflict) => conflict !== one).map((conflict) => conflict.find((path) => !one.includes(path)) ?? '');
      expect(assess(remaining(others)), `only ${one.join(' and ')} is left`).toMatchObject({ kind: 'infeasible' });
      for (const path of one) {
        expect(assess(remaining([...others, path])).kind, `without ${path} as well`).toBe('feasible');
        expect(curateForReal(remaining([...others, path])), `without ${path} as well, really curated`).toBeUndefined();
      }
    }
  });

  test('with many lists is refuted by counting, quickly, with the day by which it must fail', () => {
    const policy = policyOf({ pool: genre('jazz'), size: 10, rest: { days: 10, scope: 'policy' }, caps: looseCaps });
    const result = assess(policy, { lists: 60 });
    expect(result).toMatchObject({ kind: 'infeasible', dryDay: 1, isLatest: true });
    expect(result.kind === 'infeasible' && result.summary).toContain('At the latest on the first day');
    expect(result.kind === 'infeasible' && result.conflict.map((member) => member.path)).toEqual(['rest.scope', 'pool', 'size']);
  });

  test('every kind of hard rule is named in some conflict', () => {
    const named = new Set(INFEASIBLE.flatMap(([, , conflict]) => conflict.map((path) => path.replaceAll(/\.\d+/gu, ''))));
    expect([...named].toSorted()).toEqual(
      [
        'bans.albums',
        'bans.artists',
        'bans.recordings',
        'caps.perAlbum',
        'caps.perArtist',
        'duration',
        'exclusivity',
        'mix',
        'pins',
        'pool',
        'pool.all',
        'rest.days',
        'rest.scope',
        'separation.artist',
        'size',
        'turnover',
      ].toSorted(),
    );
  });
});
