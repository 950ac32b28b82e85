import type { EnergyArc, Flow } from '#shared/contracts/policies/policy.ts';
import { camelotNumber, camelotSteps } from '#shared/domain/catalog/camelot.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** Tempo difference in BPM that weighs as much as an energy difference of 1. */
const TEMPO_SPAN = 120;
/** The step to or from a track of unknown energy or tempo: a medium one. */
const UNKNOWN_STEP = 0.25;
/** Weights of the flow settings relative to an energy step of 1; tuned by listening to the results. */
const TEMPO_WEIGHT = 4;
const HARMONIC_WEIGHT = 0.6;
const ARC_WEIGHT = 4;
/** Weight of energy steps when an arc sets the energy: neighbors need little smoothing. */
const STEP_UNDER_ARC = 0.15;
/** Cost by Camelot steps: neighbors on the wheel mix well, two steps are audible, more clash. */
const CLASH = [0, 0.1, 0.6, 1] as const;
const UNKNOWN_CLASH = 0.5;

export const NO_FLOW: Flow = { energy: 'free', harmonic: 0, tempo: 0 };

/** The costs of an order: steps between neighbors, and positions where the energy follows an arc. */
export interface FlowCosts {
  /** Between tracks a and b at `a × count + b`; tracks go by their number in the rows. */
  readonly steps: Float64Array;
  /** Of track a at position p at `a × count + p`; undefined without an arc. */
  readonly positions: Float64Array | undefined;
}

/** The costs of all pairs and positions of the rows, calculated once. An unknown key, tempo or energy is neutral. */
export function flowCosts(catalog: Catalog, rows: readonly number[], flow: Flow = NO_FLOW): FlowCosts {
  const count = rows.length;
  const steps = new Float64Array(count ** 2);
  const weights = {
    energy: flow.energy === 'free' ? 1 : STEP_UNDER_ARC,
    tempo: 1 + TEMPO_WEIGHT * flow.tempo,
  };
  const clashes = keyClashes(catalog, rows, flow);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const { energy, tempo } = stepsBetween(catalog, rows[a] ?? 0, rows[b] ?? 0);
      const clash = clashes?.[a * count + b] ?? 0;
      steps[a * count + b] = steps[b * count + a] = weights.energy * energy + weights.tempo * tempo + clash;
    }
  }
  return { steps, positions: flow.energy === 'free' ? undefined : arcCosts(catalog, rows, flow.energy) };
}

/** The weighted costs of keys that clash, of all pairs; undefined without harmonic mixing. */
export function keyClashes(catalog: Catalog, rows: readonly number[], { harmonic }: Flow): Float64Array | undefined {
  const count = rows.length;
  const weight = HARMONIC_WEIGHT * 4 * harmonic;
  if (weight === 0) return undefined;
  const keys = rows.map((row) => camelotOf(catalog, row));
  return Float64Array.from({ length: count ** 2 }, (_, at) => weight * clashOf(keys[Math.floor(at / count)] ?? -1, keys[at % count] ?? -1));
}

/** The difference in sound between two tracks: energy plus tempo, an unknown value being a medium step. */
export function stepBetween(catalog: Catalog, a: number, b: number): number {
  const { energy, tempo } = stepsBetween(catalog, a, b);
  return energy + tempo;
}

/** A row's Camelot number; -1 when its key is unknown. */
export function camelotOf(catalog: Catalog, row: number): number {
  return camelotNumber(catalog.numbers.key[row], catalog.numbers.mode[row]);
}

const ARCS: Readonly<Record<EnergyArc, (at: number) => number>> = {
  free: () => 0.5,
  rise: (at) => at,
  fall: (at) => 1 - at,
  peak: (at) => 1 - Math.abs(2 * at - 1),
  dip: (at) => Math.abs(2 * at - 1),
  wave: (at) => (1 - Math.cos(4 * Math.PI * at)) / 2,
};

/** The height of the arc at a point from 0 (start) to 1 (end): 0 is the lowest energy of the list, 1 the highest. */
export function arcAt(arc: EnergyArc, at: number): number {
  return ARCS[arc](at);
}

function stepsBetween(catalog: Catalog, a: number, b: number): { energy: number; tempo: number } {
  const { energy, tempo } = catalog.numbers;
  return {
    energy: stepOf((energy[a] ?? Number.NaN) - (energy[b] ?? Number.NaN)),
    tempo: stepOf(((tempo[a] ?? Number.NaN) - (tempo[b] ?? Number.NaN)) / TEMPO_SPAN),
  };
}

function stepOf(difference: number): number {
  return Number.isNaN(difference) ? UNKNOWN_STEP : Math.abs(difference);
}

function clashOf(a: number, b: number): number {
  const steps = camelotSteps(a, b);
  return steps === null ? UNKNOWN_CLASH : (CLASH[Math.min(steps, CLASH.length - 1)] ?? 1);
}

/** The energy that an arc asks for at each position. The arc is matched by rank, so its energies are energies of the list; undefined with fewer than two known. */
export function arcEnergies(energies: readonly number[], arc: EnergyArc): Float64Array | undefined {
  const count = energies.length;
  const known = energies.filter((energy) => !Number.isNaN(energy)).toSorted((a, b) => a - b);
  if (known.length < 2) return undefined;
  const heights = Array.from({ length: count }, (_, place) => ({ place, height: arcAt(arc, count === 1 ? 0 : place / (count - 1)) }));
  const target = new Float64Array(count);
  heights
    .toSorted((a, b) => a.height - b.height || a.place - b.place)
    .forEach(({ place }, rank) => (target[place] = known[Math.round((rank * (known.length - 1)) / Math.max(1, count - 1))] ?? 0.5));
  return target;
}

/** The distance of each track's energy from the arc's at each position. */
export function arcCosts(catalog: Catalog, rows: readonly number[], arc: EnergyArc): Float64Array | undefined {
  const count = rows.length;
  const energies = rows.map((row) => catalog.numbers.energy[row] ?? Number.NaN);
  const target = arcEnergies(energies, arc);
  if (!target) return undefined;
  const costs = new Float64Array(count ** 2);
  for (let track = 0; track < count; track++) {
    const energy = energies[track] ?? Number.NaN;
    if (Number.isNaN(energy)) continue;
    for (let place = 0; place < count; place++) costs[track * count + place] = ARC_WEIGHT * Math.abs(energy - (target[place] ?? 0.5));
  }
  return costs;
}
