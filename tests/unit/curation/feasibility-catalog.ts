import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { Policy, PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { checkFeasibility } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { FeasibilityInput } from '#shared/domain/curation/feasibility/feasibility.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { bannedRows } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { catalogOf } from './small-catalog.ts';
import type { RowSketch } from './small-catalog.ts';

/** The first day of the simulation, and its length in days. */
export const FROM = '2026-11-21';
export const DAYS = 32;

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
const CATALOG = catalogOf(SKETCHES);

/** Parses the form only: contradictions in a document are normally refused earlier, but must be found here too. */
export const policyOf = (sketch: Sketch) => policyV1.parse({ version: 1, pool: { all: [] }, separation: { artist: 0 }, ...sketch });
export type Sketch = Omit<PolicyV1Input, 'version' | 'pool'> & Partial<Pick<PolicyV1Input, 'pool'>>;
export const excludeUnknown = { whenUnknown: 'exclude' } as const;
export const genre = (...value: string[]) => ({ field: 'genre', op: 'has_any', value, ...excludeUnknown }) as const;
export const atLeast = (field: 'energy' | 'tempo' | 'popularity' | 'release_year', value: number) =>
  ({ field, op: 'gte', value, ...excludeUnknown }) as const;
/** A repeat window of so many days that applies to one playlist only. */
export const ownWindow = (days: number) => ({ days, scope: 'playlist' }) as const;
export const block = (name: string, rule: Policy['pool'], share: number) => ({ name, rule, share });
/** Caps that never bind. */
export const looseCaps = { perArtist: 500, perAlbum: 500 };

const rowOf = (ref: Policy['pins'][number]['recording']) => ('recordingId' in ref ? ref.recordingId - 1 : -1);

function refsOf(policy: Policy): PolicyRefs {
  return {
    pins: policy.pins.map(({ recording, position }) => ({ row: rowOf(recording), position: position ?? null })),
    banned: bannedRows(CATALOG, policy.bans, [
      ...policy.bans.recordings.map(rowOf),
      ...SKETCHES.flatMap((sketch, row) => (policy.bans.albums.includes(sketch.albumId ?? '') ? [row] : [])),
    ]),
    unknown: [],
  };
}

/** Playlists of one policy, all of one family. */
export function listsOf(policy: Policy, count: number, family = 'own'): ListOfDay[] {
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

export interface Network {
  readonly lists?: number;
  readonly others?: readonly ListOfDay[];
}

function inputOf(policy: Policy, { lists = 1, others = [] }: Network = {}): FeasibilityInput {
  return { catalog: CATALOG, from: FROM, days: DAYS, policy, own: listsOf(policy, lists), others, repeatIndex: new RepeatIndex(), refsOf };
}

/** Runs the feasibility check to its end. */
export function assess(policy: Policy, network?: Network): FeasibilityView {
  const steps = checkFeasibility(inputOf(policy, network));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Curates for real, over the whole catalog; returns the first day, from 1, on which a list stays empty. */
export function curateForReal(policy: Policy, { lists = 1, others = [] }: Network = {}): number | undefined {
  const repeatIndex = new RepeatIndex();
  for (let n = 0; n < DAYS; n++) {
    const day = addDays(FROM, n);
    const drafts = curateDay({ catalog: CATALOG, day, lists: [...listsOf(policy, lists), ...others], repeatIndex });
    if (drafts.some((draft) => draft.policyId === 'own' && draft.status === 'unfilled')) return n + 1;
    repeatIndex.addDrafts(drafts, dayNumber(day));
  }
  return undefined;
}

/** A playlist that needs most of the catalog within its network-wide repeat window. */
export const greedy = listsOf(policyOf({ size: 15, rest: { days: 30, scope: 'network' }, caps: looseCaps }), 1, 'greedy');
