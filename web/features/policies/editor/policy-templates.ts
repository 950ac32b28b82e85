import type { LeafRule, Policy } from '#shared/contracts/policies/policy.ts';

/** A policy with all defaults and an open pool. Equal to the contract's defaults, which the server fills in. */
export const EMPTY_POLICY: Extract<Policy, { version: 1 }> = {
  version: 1,
  pool: { all: [] },
  prefer: [],
  caps: { perArtist: 2, perAlbum: 1 },
  rest: { days: 30, scope: 'network' },
  size: 50,
  separation: { artist: 3 },
  mix: [],
  flow: { energy: 'free', harmonic: 0, tempo: 0 },
  turnover: 1,
  pins: [],
  bans: { recordings: [], artists: [], albums: [] },
  exclusivity: { yieldsTo: [] },
  variety: 0.25,
  seed: 'segue',
};

const whenUnknown = 'exclude' as const;
const energy = (op: 'gte' | 'lte', value: number): LeafRule => ({ field: 'energy', op, value, whenUnknown });

export interface PolicyTemplate {
  readonly id: string;
  readonly name: string;
  /** What kind of list it makes. */
  readonly description: string;
  readonly policy: Policy;
}

/** Starting points for a new policy. Each one is complete and can be saved as is. */
export const POLICY_TEMPLATES: readonly [PolicyTemplate, ...PolicyTemplate[]] = [
  {
    id: 'everything',
    name: 'Whole catalog',
    description: 'All recordings, medium energy preferred. Start here if you know what to leave out.',
    policy: { ...EMPTY_POLICY, prefer: [{ field: 'energy', toward: 0.5, spread: 0.25, weight: 1 }] },
  },
  {
    id: 'quiet-hours',
    name: 'Quiet hours',
    description: 'Low energy and acoustic instruments. Energy falls from the first track to the last.',
    policy: {
      ...EMPTY_POLICY,
      pool: { all: [energy('lte', 0.5), { field: 'acousticness', op: 'gte', value: 0.4, whenUnknown }] },
      prefer: [{ field: 'valence', toward: 0.45, spread: 0.2, weight: 1 }],
      flow: { energy: 'fall', harmonic: 0.5, tempo: 0.3 },
    },
  },
  {
    id: 'moving-floor',
    name: 'Dance floor',
    description: 'Danceable, 100 to 140 BPM, with harmonic mixing and tempo matching. Energy peaks in the middle.',
    policy: {
      ...EMPTY_POLICY,
      pool: {
        all: [
          { field: 'danceability', op: 'gte', value: 0.6, whenUnknown },
          { field: 'tempo', op: 'between', value: [100, 140], whenUnknown },
        ],
      },
      prefer: [{ field: 'tempo', toward: 122, spread: 10, weight: 2 }],
      flow: { energy: 'peak', harmonic: 0.7, tempo: 0.8 },
    },
  },
  {
    id: 'new-this-season',
    name: 'New this season',
    description: 'Released in the last 90 days or imported in the last 30. Most tracks stay from day to day.',
    policy: {
      ...EMPTY_POLICY,
      pool: {
        any: [
          { field: 'release_date', op: 'within_days', value: 90, whenUnknown },
          { field: 'ingested_on', op: 'within_days', value: 30, whenUnknown },
        ],
      },
      prefer: [{ field: 'release_date', newest: true, weight: 2 }],
      turnover: 0.3,
    },
  },
  {
    id: 'three-decades',
    name: 'Three decades',
    description: 'Three blocks: half from the seventies, the rest from the eighties and nineties.',
    policy: {
      ...EMPTY_POLICY,
      pool: { all: [{ field: 'release_year', op: 'between', value: [1970, 1999], whenUnknown }] },
      mix: [
        { name: 'Seventies', share: 50, rule: { field: 'release_year', op: 'between', value: [1970, 1979], whenUnknown } },
        { name: 'Eighties', share: 30, rule: { field: 'release_year', op: 'between', value: [1980, 1989], whenUnknown } },
        { name: 'Nineties', share: 20, rule: { field: 'release_year', op: 'between', value: [1990, 1999], whenUnknown } },
      ],
      flow: { energy: 'wave', harmonic: 0.2, tempo: 0.2 },
    },
  },
  {
    id: 'one-evening',
    name: 'One evening',
    description: 'Three hours of music, at most 80 tracks, nothing explicit. Energy rises.',
    policy: {
      ...EMPTY_POLICY,
      pool: { all: [{ field: 'explicit', op: 'is', value: false, whenUnknown: 'include' }] },
      size: 80,
      duration: { minutes: 180, tolerance: 3 },
      flow: { energy: 'rise', harmonic: 0.3, tempo: 0.2 },
    },
  },
];

/** The template with that id, otherwise the first. */
export const findTemplate = (id: string | undefined): PolicyTemplate => POLICY_TEMPLATES.find((one) => one.id === id) ?? POLICY_TEMPLATES[0];
