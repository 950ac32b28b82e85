import type { ListMeasure } from '#shared/contracts/curation/snapshot.ts';
import type { Policy, PolicyV2 } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { fieldLabel, formatFieldValue, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { measured } from './pool-lift.ts';
import type { PoolLift } from './pool-lift.ts';

/** Energy between the 5th and the 95th percentile of a list that an arc needs to be heard. */
const ARC_RANGE_MIN = 0.25;
/** Tracks that an arc needs to have a shape. */
const ARC_TRACKS_MIN = 5;
/** A mean further from its target, in spreads, and a spread this much off are said. */
const DRIFT_SAID = 0.3;
const NARROW_SAID = 0.75;
const WIDE_SAID = 1.3;

/** The values that are known. */
export function knownValues(values: readonly number[]): number[] {
  return values.filter((value) => !Number.isNaN(value));
}

/** The standard deviation of the known values; 0 without any. */
export function deviationOf(values: readonly number[]): number {
  const known = knownValues(values);
  if (known.length === 0) return 0;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
}

/** The mean and standard deviation that a list reached of each target. */
export function measureList(catalog: Catalog, rows: readonly number[], { prefer }: Pick<Policy, 'prefer'>): ListMeasure[] {
  return prefer.flatMap((preference) => {
    if (!('toward' in preference)) return [];
    const { field, toward, spread } = preference;
    const known = knownValues(rows.map((row) => measured(catalog, field, row)));
    const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    return [{ field, toward, spread, mean, deviation: known.length === 0 ? null : deviationOf(known), known: known.length }];
  });
}

/** What a person should know about a list of version 2: targets without values, means and spreads that were not reached, an arc that is not heard. */
export function qualityNotes(
  catalog: Catalog,
  rows: readonly number[],
  { policy, lifts }: { policy: PolicyV2; lifts: readonly PoolLift[] },
): string[] {
  const unknown = lifts.flatMap(({ preference: { field }, known }) =>
    known === 0 && field === 'goes_with'
      ? ['No recording of the pool is known to go with the examples: they have no effect.']
      : known === 0 && field !== 'goes_with'
        ? [`No recording of the pool has a known ${lowerFirst(fieldLabel(field, { isShort: true }))}: this target has no effect.`]
        : [],
  );
  return [...unknown, ...measureList(catalog, rows, policy).flatMap(targetNotes), ...arcNotes(catalog, rows, policy)];
}

function targetNotes({ field, toward, spread, mean, deviation }: ListMeasure): string[] {
  if (mean === null || deviation === null) return [];
  const name = fieldLabel(field, { isShort: true });
  const text = (value: number) => formatFieldValue(field, value);
  const isFar = Math.abs(mean - toward) > DRIFT_SAID * spread;
  const isOff = deviation < NARROW_SAID * spread || deviation > WIDE_SAID * spread;
  return [
    ...(isFar ? [`${name}: mean ${text(mean)} instead of ${text(toward)}. The candidates have no better choice.`] : []),
    ...(isOff ? [`${name}: spread ${text(deviation)} instead of ${text(spread)}. The candidates have no better choice.`] : []),
  ];
}

function arcNotes(catalog: Catalog, rows: readonly number[], { flow }: Pick<PolicyV2, 'flow'>): string[] {
  if (flow.energy === 'free' || rows.length === 0) return [];
  if (rows.length < ARC_TRACKS_MIN) return [`An energy arc needs at least ${ARC_TRACKS_MIN} tracks to be heard; this list has ${rows.length}.`];
  const range = energyRange(catalog, rows);
  if (range === null) return ['No track of the list has a known energy, so there is no energy arc.'];
  if (range >= ARC_RANGE_MIN) return [];
  return [`The energy of this list spans only ${range.toFixed(2)}. An arc needs ${ARC_RANGE_MIN} to be heard: widen the spread of energy.`];
}

/** Energy between the 5th and the 95th percentile of rows; null when none is known. */
export function energyRange(catalog: Catalog, rows: readonly number[]): number | null {
  const known = knownValues(rows.map((row) => measured(catalog, 'energy', row))).toSorted((a, b) => a - b);
  const at = (share: number) => known[Math.round(share * (known.length - 1))] ?? 0;
  return known.length === 0 ? null : at(0.95) - at(0.05);
}
