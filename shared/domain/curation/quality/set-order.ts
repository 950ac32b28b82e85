import type { PolicyV2, Preference } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { arcAt, arcCosts, keyClashes } from '../flow.ts';
import type { FlowCosts } from '../flow.ts';
import { deviationOf, knownValues } from './list-measures.ts';
import { measured, rankedLift } from './pool-lift.ts';

/** A step between neighbors up to so many standard deviations of the list costs nothing: only leaps are avoided, or the order becomes a sort. */
const TOLERANCE = 2.5;
/** Tolerance that is audible in no list: energy, and tempo in octaves (8 %). */
const ENERGY_MIN = 0.2;
const TEMPO_MIN = 0.11;
/** Cost of a leap by its length beyond the tolerance, and how much tempo matching lowers the tolerance and adds to the cost. */
const LEAP_WEIGHT = 1;
const TEMPO_WEIGHT = 4;
/** How much more an arc counts than in version 1: it has to be heard beside harmonic wishes. */
const ARC_WEIGHT = 2.5;
/** Cost of the wrong track in a role; the whole range of energy at one position of an arc costs 10. */
const ROLE_WEIGHT = 3;
/** An opener this near the middle of its list, as a share of the tracks, and this popular is as good as any. */
const OPENER_NEAR = 0.3;
const OPENER_POPULAR = 0.8;
const OPENER_FIELDS = ['danceability', 'energy', 'valence', 'acousticness', 'loudness', 'tempo'] as const;

/**
 * The costs of an order like a set: steps below a tolerance cost nothing, tempo counts at half and double time, an arc sets the energy of each position,
 * harmonic wishes hold beside it, and the opener, closer and peak go to the tracks that their roles ask for.
 */
export function setCosts(catalog: Catalog, rows: readonly number[], { flow, roles }: Pick<PolicyV2, 'flow' | 'roles'>): FlowCosts {
  const count = rows.length;
  const energies = rows.map((row) => measured(catalog, 'energy', row));
  const tempos = rows.map((row) => Math.log2(measured(catalog, 'tempo', row)));
  const energyFree = Math.max(ENERGY_MIN, TOLERANCE * deviationOf(energies));
  const tempoFree = Math.max(TEMPO_MIN, TOLERANCE * deviationOf(tempos) * (1 - flow.tempo));
  const clashes = keyClashes(catalog, rows, flow);
  const steps = new Float64Array(count ** 2);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const energy = flow.energy === 'free' ? leap(Math.abs((energies[a] ?? 0) - (energies[b] ?? 0)), energyFree) : 0;
      const tempo = leap(
        foldedOctaves((tempos[a] ?? 0) - (tempos[b] ?? 0)),
        flow.tempo > 0 ? Math.min(tempoFree, TEMPO_MIN / flow.tempo) : tempoFree,
      );
      const cost = LEAP_WEIGHT * energy + (LEAP_WEIGHT + TEMPO_WEIGHT * flow.tempo) * tempo + (clashes?.[a * count + b] ?? 0);
      steps[a * count + b] = steps[b * count + a] = cost;
    }
  }
  const positions =
    (flow.energy === 'free' ? undefined : arcCosts(catalog, rows, flow.energy))?.map((cost) => ARC_WEIGHT * cost) ?? new Float64Array(count ** 2);
  addRole(positions, openerCosts(catalog, rows, roles.opener), 0);
  if (roles.closer.length > 0) addRole(positions, roleCosts(catalog, rows, roles.closer), count - 1);
  if (roles.peak.length > 0 && flow.energy !== 'free') addRole(positions, roleCosts(catalog, rows, roles.peak), peakOf(count, flow.energy));
  return { steps, positions };
}

/** A difference of tempo in octaves, at half or double time where that is nearer: 0 to 0.5. */
function foldedOctaves(difference: number): number {
  return Math.abs(difference - Math.round(difference));
}

/** Unknown values make no leap. */
function leap(difference: number, free: number): number {
  return difference > free ? difference - free : 0;
}

function addRole(positions: Float64Array, costs: readonly number[], at: number): void {
  const count = costs.length;
  for (const [track, cost] of costs.entries()) positions[track * count + at] = (positions[track * count + at] ?? 0) + ROLE_WEIGHT * cost;
}

function peakOf(count: number, arc: PolicyV2['flow']['energy']): number {
  let best = 0;
  for (let at = 1; at < count; at++) if (arcAt(arc, at / (count - 1)) > arcAt(arc, best / (count - 1))) best = at;
  return best;
}

/** The cost of each track as the opener, 0–2: by its preferences, or else its distance from the middle of the list and its popularity. */
function openerCosts(catalog: Catalog, rows: readonly number[], preferences: readonly Preference[]): number[] {
  if (preferences.length > 0) return roleCosts(catalog, rows, preferences);
  const distances = rows.map(() => 0);
  for (const field of OPENER_FIELDS) {
    const values = rows.map((row) => measured(catalog, field, row));
    const known = knownValues(values);
    const middle = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
    const width = deviationOf(values) || 1;
    values.forEach((value, at) => (distances[at] = (distances[at] ?? 0) + (Number.isNaN(value) ? 1 : ((value - middle) / width) ** 2)));
  }
  const near = rankShares(distances);
  const popular = rankShares(rows.map((row) => measured(catalog, 'popularity', row)));
  return rows.map((_, at) => Math.max(0, (near[at] ?? 0) - OPENER_NEAR) + Math.max(0, OPENER_POPULAR - (popular[at] ?? 0)));
}

/** The cost of each track in a role, 0–1, by its rank within the list. */
function roleCosts(catalog: Catalog, rows: readonly number[], preferences: readonly Preference[]): number[] {
  const pool = Int32Array.from(rows);
  const lifts = preferences.map((preference) => rankedLift(catalog, pool, { preference, weight: preference.weight }));
  const away = rows.map((row) =>
    preferences.reduce((sum, preference, at) => {
      if (!('toward' in preference)) return sum - (lifts[at]?.of(row) ?? 0);
      const value = measured(catalog, preference.field, row);
      return sum + preference.weight * (Number.isNaN(value) ? 1 : ((value - preference.toward) / preference.spread) ** 2);
    }, 0),
  );
  return rankShares(away);
}

/** The share of values below each value, equal ones by half; an unknown one is in the middle. */
function rankShares(values: readonly number[]): number[] {
  const sorted = knownValues(values).toSorted((a, b) => a - b);
  return values.map((value) =>
    Number.isNaN(value) || sorted.length === 0 ? 0.5 : (sorted.indexOf(value) + sorted.lastIndexOf(value) + 1) / 2 / sorted.length,
  );
}
