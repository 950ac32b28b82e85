import type { Policy, PolicyV2 } from '#shared/contracts/policies/policy.ts';

/** A policy of version 1 with all defaults and an open pool. Equal to the contract's defaults, which the server fills in. */
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

/** The same of version 2, whose lists are chosen as a whole. */
export const EMPTY_LIST_POLICY: PolicyV2 = {
  ...EMPTY_POLICY,
  version: 2,
  songs: { days: 7 },
  artistDays: 1,
  seasonal: 'in_season',
  roles: { opener: [], closer: [], peak: [] },
  goesWith: { seeds: [], avoid: [], weight: 1 },
};
