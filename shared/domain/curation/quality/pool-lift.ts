import type { Preference } from '#shared/contracts/policies/policy.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { NumberField } from '#shared/domain/catalog/fields.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';

/** How much one preference lifts each row of a pool above the others: 0 is the median of the known rows, and every unknown row. In nats. */
export interface PoolLift {
  readonly preference: LiftPreference;
  /** Lift of a row. */
  readonly of: (row: number) => number;
  /** Whether the row's value is unknown. */
  readonly isUnknown: (row: number) => boolean;
  /** Known rows of the pool. */
  readonly known: number;
}

/** A preference of the policy, or the one by example. */
export type LiftPreference = Preference | { readonly field: 'goes_with'; readonly neighbors: Neighbors; readonly weight: number };

export type NumberTarget = Extract<Preference, { toward: number }>;

/** Lift between the two ends of a ranking, and of a tag, at a mean weight: e⁴ ≈ 55 times as likely. */
const RANK_LIFT = 4;
const TAG_LIFT = 3;
/** Distances from a target count up to so many spreads. */
const AWAY_MAX = 6;

/** A measured number of a row; a tempo of 0 was not measured. */
export function measured(catalog: Catalog, field: NumberField, row: number): number {
  const value = catalog.numbers[field][row] ?? Number.NaN;
  return field === 'tempo' && value === 0 ? Number.NaN : value;
}

/** The distance of a row from a target, in spreads, at most six; NaN where unknown. */
export function awayFrom(catalog: Catalog, { field, toward, spread }: NumberTarget, row: number): number {
  return Math.max(-AWAY_MAX, Math.min(AWAY_MAX, (measured(catalog, field, row) - toward) / spread));
}

/** Moves a lift so that the median of the known rows of the pool is 0. */
export function centered(pool: Int32Array, { preference, of, isUnknown }: Omit<PoolLift, 'known'>): PoolLift {
  const known: number[] = [];
  for (const row of pool) if (!isUnknown(row)) known.push(of(row));
  const sorted = Float64Array.from(known).toSorted();
  const middle = sorted[sorted.length >> 1] ?? 0;
  return { preference, isUnknown, known: known.length, of: (row) => (known.length === 0 || isUnknown(row) ? 0 : of(row) - middle) };
}

/** The lift of a tag by having it, of newness by the rank within the pool, or of going with the examples, times a weight. */
export function rankedLift(catalog: Catalog, pool: Int32Array, { preference, weight }: { preference: LiftPreference; weight: number }): PoolLift {
  if ('neighbors' in preference) {
    const { lifts } = preference.neighbors;
    return centered(pool, {
      preference,
      of: (row) => weight * (lifts[row] ?? Number.NaN),
      isUnknown: (row) => Number.isNaN(lifts[row] ?? Number.NaN),
    });
  }
  if ('has' in preference) return centered(pool, { preference, ...tagLift(catalog, preference, weight) });
  return centered(pool, { preference, ...newestLift(catalog, pool, weight) });
}

type RawLift = Pick<PoolLift, 'of' | 'isUnknown'>;

function tagLift(catalog: Catalog, { field, has }: Extract<Preference, { has: string }>, weight: number): RawLift {
  const { offsets, values } = catalog.tags[field];
  const wanted = catalog.tagNumbers[field].get(has.trim().toLowerCase()) ?? -1;
  return {
    of: (row) => (values.subarray(offsets[row], offsets[row + 1]).includes(wanted) ? weight * TAG_LIFT : 0),
    isUnknown: (row) => offsets[row] === offsets[row + 1],
  };
}

function newestLift(catalog: Catalog, pool: Int32Array, weight: number): RawLift {
  const released = catalog.days.release_date;
  const days = pool
    .map((row) => released[row] ?? UNKNOWN_DAY)
    .filter((day) => day !== UNKNOWN_DAY)
    .toSorted();
  const rankOf = (day: number) => {
    let [low, high] = [0, days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days[middle] ?? 0) < day) low = middle + 1;
      else high = middle;
    }
    return low / Math.max(1, days.length - 1);
  };
  return {
    of: (row) => weight * RANK_LIFT * rankOf(released[row] ?? UNKNOWN_DAY),
    isUnknown: (row) => (released[row] ?? UNKNOWN_DAY) === UNKNOWN_DAY,
  };
}
