import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { PolicyV1, PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { judgeFeasibility } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { FeasibilityQuestion } from '#shared/domain/curation/feasibility/feasibility.ts';
import { membersOf, withoutMembers } from '#shared/domain/curation/feasibility/members.ts';
import { LedgerMemory } from '#shared/domain/curation/ledger-memory.ts';
import { bannedRows } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { describe, expect, test } from 'vitest';
import { catalogueOf } from './small-catalog.ts';
import type { RowSketch } from './small-catalog.ts';

const FROM = '2026-11-21';
const DAYS = 32;

/** 600 recordings by 120 artists on 240 albums; one genre is rare, one is by a single artist, one is on a single album. */
const SKETCHES: readonly RowSketch[] = Array.from({ length: 600 }, (_, n) => ({
  artistIds: [n < 30 ? 'solo'.padEnd(22, '0') : `artist${n % 120}`.padEnd(22, '0')],
  albumId: n >= 30 && n < 60 ? 'box'.padEnd(22, '0') : `album${n % 240}`.padEnd(22, '0'),
  genres: n < 30 ? ['fado'] : n < 60 ? ['box'] : n % 30 === 0 ? ['tango'] : n % 3 === 0 ? ['jazz'] : ['pop'],
  energy: n % 10 === 9 ? null : (n % 100) / 100,
  tempo: 60 + (n % 120),
  explicit: n % 5 === 0,
  releasedOn: `${1950 + (n % 75)}-06-01`,
  ingestedOn: n % 50 === 0 ? '2026-11-15' : '2026-01-01',
  durationMs: 150_000 + (n % 7) * 20_000,
  popularity: n % 4 === 0 ? null : n % 101,
}));
const CATALOGUE = catalogueOf(SKETCHES);

/** Parses the form only: contradictions in a document are normally refused earlier, but must be found here too. */
const policyOf = (sketch: Sketch) => policyV1.parse({ version: 1, pool: { all: [] }, separation: { artist: 0 }, ...sketch });
type Sketch = Omit<PolicyV1Input, 'version' | 'pool'> & Partial<Pick<PolicyV1Input, 'pool'>>;
const w = { whenUnknown: 'exclude' } as const;
const genre = (...value: string[]) => ({ field: 'genre', op: 'has_any', value, ...w }) as const;
const atLeast = (field: 'energy' | 'tempo' | 'popularity' | 'release_year', value: number) => ({ field, op: 'gte', value, ...w }) as const;
const own = (days: number) => ({ days, scope: 'playlist' }) as const;
const block = (name: string, rule: PolicyV1['pool'], share: number) => ({ name, rule, share });
const loose = { perArtist: 500, perAlbum: 500 };

const rowOf = (ref: PolicyV1['pins'][number]['recording']) => ('recordingId' in ref ? ref.recordingId - 1 : -1);

function refsOf(policy: PolicyV1): PolicyRefs {
  return {
    pins: policy.pins.map(({ recording, position }) => ({ row: rowOf(recording), position: position ?? null })),
    banned: bannedRows(CATALOGUE, policy.bans, [
      ...policy.bans.recordings.map(rowOf),
      ...SKETCHES.flatMap((sketch, row) => (policy.bans.albums.includes(sketch.albumId ?? '') ? [row] : [])),
    ]),
    unknown: [],
  };
}

function listsOf(policy: PolicyV1, count: number, family = 'own'): ListOfDay[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `${family}-${n}`,
    globalIndex: (family === 'own' ? 100 : 1) + n,
    themeTag: family,
    policyId: family,
    policyFamilyId: family,
    policy,
    refs: refsOf(policy),
    marks: [],
  }));
}

interface Network {
  readonly lists?: number;
  readonly others?: readonly ListOfDay[];
}

function inputOf(policy: PolicyV1, { lists = 1, others = [] }: Network = {}): FeasibilityQuestion {
  return { catalogue: CATALOGUE, from: FROM, days: DAYS, policy, own: listsOf(policy, lists), others, memory: new LedgerMemory(), refsOf };
}

function assess(policy: PolicyV1, network?: Network): FeasibilityView {
  const steps = judgeFeasibility(inputOf(policy, network));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Curates for real, over the whole catalog; returns the first day, from 1, on which a list stays empty. */
function curateForReal(policy: PolicyV1, { lists = 1, others = [] }: Network = {}): number | undefined {
  const memory = new LedgerMemory();
  for (let n = 0; n < DAYS; n++) {
    const day = addDays(FROM, n);
    const drafts = curateDay({ catalogue: CATALOGUE, day, lists: [...listsOf(policy, lists), ...others], memory });
    if (drafts.some((draft) => draft.policyId === 'own' && draft.status === 'unfilled')) return n + 1;
    memory.remember(drafts, dayNumber(day));
  }
  return undefined;
}

const greedy = listsOf(policyOf({ size: 15, rest: { days: 30, scope: 'network' }, caps: loose }), 1, 'greedy');
const clubA = listsOf(policyOf({ pool: genre('tango'), size: 10, rest: own(0), caps: loose, exclusivity: { group: 'club' } }), 1, 'club');

/** Infeasible policies, and the rules that must be named for each. */
const INFEASIBLE: readonly (readonly [name: string, policy: Sketch, conflict: readonly string[], network?: Network])[] = [
  ['no recording matches', { pool: genre('polka'), size: 10, rest: own(0) }, ['pool']],
  ['too few recordings', { pool: genre('tango'), size: 30, rest: own(0), caps: loose }, ['pool', 'size']],
  ['too few in an "all"', { pool: { all: [genre('tango')] }, size: 30, rest: own(0), caps: loose }, ['pool.all.0', 'size']],
  [
    'two rules with little in common',
    { pool: { all: [genre('tango'), atLeast('energy', 0.5)] }, size: 15, rest: own(0), caps: loose },
    ['pool.all.0', 'pool.all.1', 'size'],
  ],
  [
    'a third rule outside the conflict',
    { pool: { all: [atLeast('tempo', 10), genre('tango'), atLeast('energy', 0.5)] }, size: 15, rest: own(0), caps: loose },
    ['pool.all.1', 'pool.all.2', 'size'],
  ],
  [
    'rules that exclude each other',
    { pool: { all: [genre('fado'), genre('box')] }, size: 5, rest: own(0), caps: loose },
    ['pool.all.0', 'pool.all.1'],
  ],
  ['a narrow "any"', { pool: { any: [genre('polka'), genre('tango')] }, size: 40, rest: own(0), caps: loose }, ['pool', 'size']],
  ['a "not" of nearly everything', { pool: { not: genre('pop', 'jazz', 'fado', 'box') }, size: 30, rest: own(0), caps: loose }, ['pool', 'size']],
  [
    'a window of dates',
    { pool: { field: 'release_date', op: 'on_or_after', value: '2024-01-01', ...w }, size: 20, rest: own(0), caps: loose },
    ['pool', 'size'],
  ],
  [
    'an age limit that expires',
    { pool: { field: 'ingested_on', op: 'within_days', value: 14, ...w }, size: 10, rest: own(0), caps: loose },
    ['pool'],
  ],
  [
    'an import that soon ages out',
    { pool: { all: [{ field: 'ingested_on', op: 'within_days', value: 10, ...w }] }, size: 3, rest: own(0), caps: loose },
    ['pool.all.0'],
  ],
  ['more than there is', { size: 500, rest: own(2), caps: loose }, ['turnover', 'rest.days', 'size']],
  [
    'a repeat window longer than the pool lasts',
    { pool: genre('tango'), size: 5, rest: own(10), caps: loose },
    ['turnover', 'rest.days', 'pool', 'size'],
  ],
  ['a month of a small genre', { pool: genre('jazz'), size: 10, rest: own(30), caps: loose }, ['turnover', 'rest.days', 'pool', 'size']],
  ['a one-year repeat window for the whole catalog', { size: 20, rest: own(365), caps: loose }, ['turnover', 'rest.days', 'size']],
  [
    'a shared repeat scope',
    { pool: genre('jazz'), size: 10, rest: { days: 10, scope: 'policy' }, caps: loose },
    ['rest.scope', 'turnover', 'rest.days', 'pool', 'size'],
    { lists: 3 },
  ],
  [
    'more playlists than a genre can fill',
    { pool: genre('tango'), size: 8, rest: { days: 1, scope: 'policy' }, caps: loose },
    ['rest.scope', 'pool', 'size'],
    { lists: 3 },
  ],
  [
    'beside a playlist that needs most of the music',
    { size: 12, rest: { days: 30, scope: 'network' }, caps: loose },
    ['rest.scope', 'turnover', 'rest.days', 'size'],
    { others: greedy },
  ],
  ['one artist', { pool: genre('fado'), size: 5, rest: own(0), caps: { perArtist: 2, perAlbum: 500 } }, ['caps.perArtist', 'pool', 'size']],
  ['one album', { pool: genre('box'), size: 5, rest: own(0), caps: { perArtist: 500, perAlbum: 1 } }, ['caps.perAlbum', 'pool', 'size']],
  [
    'one artist over many days',
    { pool: genre('fado', 'tango'), size: 8, rest: own(5), caps: { perArtist: 2, perAlbum: 500 } },
    ['caps.perArtist', 'turnover', 'rest.days', 'pool', 'size'],
  ],
  ['more artists than the catalog has', { size: 300, rest: own(0), caps: { perArtist: 2, perAlbum: 500 } }, ['caps.perArtist', 'size']],
  ['more albums than the catalog has', { size: 300, rest: own(0), caps: { perArtist: 500, perAlbum: 1 } }, ['caps.perAlbum', 'size']],
  [
    'a block without recordings',
    { size: 20, rest: own(0), caps: loose, mix: [block('Polka', genre('polka'), 50), block('Rest', { all: [] }, 50)] },
    ['mix.0'],
  ],
  [
    'a block that is too small',
    { size: 100, rest: own(0), caps: loose, mix: [block('Tango', genre('tango'), 40), block('Jazz', genre('jazz'), 60)] },
    ['mix.0', 'size'],
  ],
  [
    'a block outside the pool',
    { pool: genre('jazz'), size: 20, rest: own(0), caps: loose, mix: [block('Pop', genre('pop'), 50), block('Jazz', genre('jazz'), 50)] },
    ['mix.0', 'pool'],
  ],
  [
    'a block that runs out',
    { size: 20, rest: own(10), caps: loose, mix: [block('Tango', genre('tango'), 20), block('Pop', genre('pop'), 80)] },
    ['mix.0', 'turnover', 'rest.days', 'size'],
  ],
  [
    'a block by one artist',
    { size: 10, rest: own(0), caps: { perArtist: 2, perAlbum: 500 }, mix: [block('Fado', genre('fado'), 50), block('Pop', genre('pop'), 50)] },
    ['caps.perArtist', 'mix.0', 'size'],
  ],
  [
    'more pins than slots',
    { size: 2, rest: own(0), pins: [1, 40, 70].map((recordingId) => ({ recording: { recordingId } })), caps: loose },
    ['pins.0', 'pins.1', 'pins.2', 'size'],
  ],
  [
    'two pins at one position',
    { size: 9, rest: own(0), pins: [40, 70].map((recordingId) => ({ recording: { recordingId }, position: 3 })), caps: loose },
    ['pins.0', 'pins.1'],
  ],
  [
    'pins of one artist',
    { size: 9, rest: own(0), pins: [1, 2, 3].map((recordingId) => ({ recording: { recordingId } })), caps: { perArtist: 2, perAlbum: 500 } },
    ['pins.0', 'pins.1', 'pins.2', 'caps.perArtist'],
  ],
  [
    'a pin that is banned',
    { size: 9, rest: own(0), pins: [{ recording: { recordingId: 40 } }], bans: { recordings: [{ recordingId: 40 }] }, caps: loose },
    ['bans.recordings', 'pins.0'],
  ],
  ['a pin beyond the end', { size: 9, rest: own(0), pins: [{ recording: { recordingId: 40 }, position: 12 }], caps: loose }, ['pins.0', 'size']],
  [
    'everything in the pool banned',
    { pool: genre('fado'), size: 5, rest: own(0), bans: { artists: ['solo'.padEnd(22, '0')] }, caps: loose },
    ['bans.artists', 'pool'],
  ],
  ['an album banned', { pool: genre('box'), size: 5, rest: own(0), bans: { albums: ['box'.padEnd(22, '0')] }, caps: loose }, ['bans.albums', 'pool']],
  ['more time than the tracks allow', { size: 5, duration: { minutes: 60, tolerance: 3 }, rest: own(0), caps: loose }, ['size', 'duration']],
  [
    'more time than the pool has',
    { pool: genre('tango'), size: 100, duration: { minutes: 120, tolerance: 3 }, rest: own(0), caps: loose },
    ['pool', 'duration'],
  ],
  [
    'a group that already shows its tracks',
    { pool: genre('tango'), size: 10, rest: own(0), caps: loose, exclusivity: { yieldsTo: ['club'] } },
    ['exclusivity', 'pool', 'size'],
    { others: clubA },
  ],
  [
    'little turnover is still too much',
    { pool: genre('jazz'), size: 20, turnover: 0.5, rest: own(30), caps: loose },
    ['turnover', 'rest.days', 'pool', 'size'],
  ],
  [
    'half of a list new every day, from a pool no larger than the list',
    { pool: genre('tango'), size: 18, turnover: 0.5, rest: own(0), caps: loose },
    ['turnover', 'pool', 'size'],
  ],
  [
    'tracks of one artist that cannot be separated',
    { pool: genre('fado'), size: 5, rest: own(0), caps: loose, separation: { artist: 3 } },
    ['separation.artist', 'pool', 'size'],
  ],
  [
    'a large separation for few artists',
    { pool: genre('fado', 'tango'), size: 12, rest: own(0), caps: loose, separation: { artist: 6 } },
    ['separation.artist', 'pool', 'size'],
  ],
  [
    'a block by one artist, with separation',
    {
      size: 10,
      rest: own(0),
      caps: loose,
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
    { size: 9, rest: own(0), caps: loose, pins: [40, 70].map((recordingId) => ({ recording: { recordingId }, position: 3 })), pool: genre('polka') },
    [['pins.0', 'pins.1'], ['pool']],
  ],
  [
    'a cap and a separation that both leave too little of one artist',
    { pool: genre('fado'), size: 5, rest: own(0), caps: { perArtist: 2, perAlbum: 500 }, separation: { artist: 3 } },
    [
      ['caps.perArtist', 'pool', 'size'],
      ['separation.artist', 'pool', 'size'],
    ],
  ],
  [
    'two blocks without recordings, and a pin that is banned',
    {
      size: 20,
      rest: own(0),
      caps: loose,
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
    const conflicts = [result.conflict, ...result.further].map((members) => members.map((member) => member.path).toSorted());
    expect(conflicts.map((paths) => paths.join(' ')).toSorted()).toEqual(expected.map((paths) => paths.toSorted().join(' ')).toSorted());
    expect(result.says).toContain(`These are ${expected.length} conflicts, and each has to be solved.`);
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
    const policy = policyOf({ pool: genre('jazz'), size: 10, rest: { days: 10, scope: 'policy' }, caps: loose });
    const result = assess(policy, { lists: 60 });
    expect(result).toMatchObject({ kind: 'infeasible', dryDay: 1, isLatest: true });
    expect(result.kind === 'infeasible' && result.says).toContain('At the latest on the very first day');
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

const FEASIBLE: readonly (readonly [name: string, policy: Sketch, network?: Network])[] = [
  ['plenty', { size: 5, rest: own(5) }],
  ['the whole catalog in turn', { size: 20, rest: own(30), caps: loose }],
  ['a small genre with a short repeat window', { pool: genre('tango'), size: 9, rest: own(2), caps: loose }],
  ['blocks that fit', { size: 20, rest: own(3), caps: loose, mix: [block('Tango', genre('tango'), 20), block('Pop', genre('pop'), 80)] }],
  ['pins and bans', { size: 10, rest: own(5), pins: [{ recording: { recordingId: 70 }, position: 1 }], bans: { recordings: [{ recordingId: 71 }] } }],
  ['minutes', { size: 30, duration: { minutes: 60, tolerance: 2 }, rest: own(3), caps: loose }],
  ['a list that hardly changes', { pool: genre('tango'), size: 12, turnover: 0.1, rest: own(5), caps: loose }],
  ['several playlists in one repeat scope', { size: 10, rest: { days: 10, scope: 'policy' }, caps: loose }, { lists: 3 }],
  ['beside another playlist', { size: 5, rest: { days: 30, scope: 'network' }, caps: loose }, { others: greedy }],
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
      all: [{ field: 'ingested_on', op: 'within_days', value: 400, ...w }, { not: { field: 'release_date', op: 'within_days', value: 30, ...w } }],
    };
    const policy = policyOf({ pool, size: 5, rest: own(5) });
    const result = assess(policy);
    expect(result).toMatchObject({ kind: 'feasible', days: DAYS, forEver: false });
    expect(result.kind === 'feasible' && result.because.at(-1)).toContain(`for all of the next ${DAYS} days is enough`);
    expect(curateForReal(policy)).toBeUndefined();
  });

  test('with more lists than can be simulated while somebody waits is not called proved', () => {
    const policy = policyOf({ size: 80, duration: { minutes: 200, tolerance: 5 }, rest: own(5), caps: loose });
    expect(assess(policy, { lists: 40 })).toMatchObject({ kind: 'unproved', pool: 600 });
    expect(assess(policy, { lists: 2 })).toMatchObject({ kind: 'feasible', days: DAYS });
  });

  test('with plenty of music is proved by counting, and says so', () => {
    expect(assess(policyOf({ size: 5, rest: own(5) }))).toMatchObject({ forEver: true, pool: 600, needed: 25 });
    const tight = assess(policyOf({ size: 20, rest: own(30), caps: loose }));
    expect(tight).toMatchObject({ forEver: false, needed: 600 });
    expect(tight.kind === 'feasible' && tight.because.at(-1)).toContain('the next 32 days were played forward');
  });
});
