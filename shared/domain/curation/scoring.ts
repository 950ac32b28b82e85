import type { Policy, Preference } from '#shared/contracts/policies/policy.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { chanceOf, hashText } from '#shared/domain/hash.ts';

/** Closeness of an unknown value: neutral. */
const NEUTRAL = 0.5;
/** Half-life of newness, in days. */
const NEWNESS_HALVES_AFTER_DAYS = 365;

export interface ScoreContext {
  readonly day: number;
  /** From `daySeed`: the same seed and day give the same random numbers. */
  readonly daySeed: number;
}

/** The parts of one score; the shares add up to the score. */
export interface ScoreParts {
  readonly score: number;
  readonly chance: number;
  readonly preferences: readonly { readonly preference: Preference; readonly share: number; readonly closeness: number; readonly unknown: boolean }[];
}

/** The seed of all random numbers of a day. `who` gives lists that must not choose the same recordings different seeds. */
export function daySeed(seed: string, day: string, who = ''): number {
  return hashText(`${seed}\n${day}\n${who}`);
}

/**
 * Scores of the given rows, 0–1, in their order: the weighted mean closeness to the preferences, mixed with seeded random numbers by the policy's
 * `variety`. Closeness is 1 at the target and one half a `spread` away; an unknown value counts as one half.
 */
export function scoreRows(catalog: Catalog, rows: Int32Array, { policy, context }: { policy: Policy; context: ScoreContext }): Float64Array {
  const scores = new Float64Array(rows.length);
  const shares = sharesOf(policy);
  policy.prefer.forEach((preference, index) => addCloseness(scores, { catalog, rows, preference, context }, shares.preferences[index] ?? 0));
  for (let i = 0; i < rows.length; i++) {
    const id = catalog.recordingIds[rows[i] ?? 0] ?? 0;
    scores[i] = (scores[i] ?? 0) + shares.fixed + shares.chance * chanceOf(context.daySeed, id);
  }
  return scores;
}

/** The parts of one row's score; adds up to the value of `scoreRows`. */
export function explainScore(catalog: Catalog, row: number, { policy, context }: { policy: Policy; context: ScoreContext }): ScoreParts {
  const shares = sharesOf(policy);
  const one = Int32Array.of(row);
  const preferences = policy.prefer.map((preference, index) => {
    const closeness = new Float64Array(1);
    addCloseness(closeness, { catalog, rows: one, preference, context }, 1);
    const value = closeness[0] ?? NEUTRAL;
    return { preference, closeness: value, share: value * (shares.preferences[index] ?? 0), unknown: isUnknown(catalog, row, preference) };
  });
  const chance = shares.chance * chanceOf(context.daySeed, catalog.recordingIds[row] ?? 0);
  return { score: preferences.reduce((sum, part) => sum + part.share, shares.fixed + chance), chance, preferences };
}

/** The maximum share of each part in a score. Without preferences every recording gets the neutral value for that part. */
function sharesOf(policy: Policy): { preferences: number[]; fixed: number; chance: number } {
  const weights = policy.prefer.reduce((sum, preference) => sum + preference.weight, 0);
  const preferenceShare = 1 - policy.variety;
  return {
    preferences: policy.prefer.map((preference) => (preferenceShare * preference.weight) / weights),
    fixed: weights === 0 ? preferenceShare * NEUTRAL : 0,
    chance: policy.variety,
  };
}

type NumberPreference = Extract<Preference, { toward: number }>;
type TagPreference = Extract<Preference, { has: string }>;

interface Scored<P extends Preference = Preference> {
  readonly catalog: Catalog;
  readonly rows: Int32Array;
  readonly preference: P;
  readonly context: ScoreContext;
}

function addCloseness(scores: Float64Array, scored: Scored, share: number): void {
  const { preference } = scored;
  if ('toward' in preference) addNearness(scores, { ...scored, preference }, share);
  else if ('has' in preference) addTag(scores, { ...scored, preference }, share);
  else addNewness(scores, scored, share);
}

function addNearness(scores: Float64Array, scored: Scored<NumberPreference>, share: number): void {
  const { rows, preference } = scored;
  const values = numberColumn(scored.catalog, preference);
  const toward = Math.fround(preference.toward);
  for (let i = 0; i < rows.length; i++) {
    const away = ((values[rows[i] ?? 0] ?? Number.NaN) - toward) / preference.spread;
    scores[i] = (scores[i] ?? 0) + share * (away === away ? 1 / (1 + away * away) : NEUTRAL);
  }
}

function addTag(scores: Float64Array, { catalog, rows, preference }: Scored<TagPreference>, share: number): void {
  const { offsets, values } = catalog.tags[preference.field];
  const wanted = catalog.tagNumbers[preference.field].get(preference.has.trim().toLowerCase()) ?? -1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? 0;
    let closeness = from === to ? NEUTRAL : 0;
    for (let at = from; at < to; at++) if (values[at] === wanted) closeness = 1;
    scores[i] = (scores[i] ?? 0) + share * closeness;
  }
}

function addNewness(scores: Float64Array, { catalog, rows, context }: Scored, share: number): void {
  const released = catalog.days.release_date;
  for (let i = 0; i < rows.length; i++) {
    const day = released[rows[i] ?? 0] ?? UNKNOWN_DAY;
    const age = Math.max(0, context.day - day);
    scores[i] = (scores[i] ?? 0) + share * (day === UNKNOWN_DAY ? NEUTRAL : NEWNESS_HALVES_AFTER_DAYS / (NEWNESS_HALVES_AFTER_DAYS + age));
  }
}

function isUnknown(catalog: Catalog, row: number, preference: Preference): boolean {
  if ('toward' in preference) return Number.isNaN(numberColumn(catalog, preference)[row] ?? Number.NaN);
  if ('newest' in preference) return (catalog.days.release_date[row] ?? UNKNOWN_DAY) === UNKNOWN_DAY;
  const { offsets } = catalog.tags[preference.field];
  return offsets[row] === offsets[row + 1];
}

function numberColumn(catalog: Catalog, preference: NumberPreference): Float32Array {
  return catalog.numbers[preference.field];
}
