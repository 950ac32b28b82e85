import type { EnergyArc, Flow } from '#shared/contracts/policies/policy.ts';
import { camelotNumber, camelotSteps } from '#shared/domain/catalog/camelot.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';

/** Beats a minute that weigh as much as energy going from still to full. */
const TEMPO_SPAN = 120;
/** The step to a track of unknown sound: a middling one. */
const UNKNOWN_STEP = 0.25;
/** What the wishes weigh against a step of energy from still to full; found by listening to what comes out, not by theory. */
const TEMPO_WISH = 4;
const HARMONIC_WISH = 0.6;
const ARC_WISH = 4;
/** With an arc the energy has its course; neighbours need only a little smoothing. */
const STEP_UNDER_ARC = 0.15;
/** Neighbours on the wheel mix; two steps are heard, more are a clash. */
const CLASH = [0, 0.1, 0.6, 1] as const;
const UNKNOWN_CLASH = 0.5;

export const NO_WISHES: Flow = { energy: 'free', harmonic: 0, tempo: 0 };

/** What an order costs: steps between neighbours, and places where the energy is to follow an arc. */
export interface FlowCosts {
  /** Between tracks a and b at `a × count + b`; tracks go by their number in the rows. */
  readonly steps: Float64Array;
  /** Of track a at place p at `a × count + p`; undefined without an arc. */
  readonly places: Float64Array | undefined;
}

/** The costs of all neighbours and places of the rows, looked up once. An unknown key, tempo or energy is neutral. */
export function flowCosts(catalogue: Catalogue, rows: readonly number[], flow: Flow = NO_WISHES): FlowCosts {
  const count = rows.length;
  const steps = new Float64Array(count ** 2);
  const weights = {
    energy: flow.energy === 'free' ? 1 : STEP_UNDER_ARC,
    tempo: 1 + TEMPO_WISH * flow.tempo,
    harmonic: HARMONIC_WISH * 4 * flow.harmonic,
  };
  const keys = rows.map((row) => camelotOf(catalogue, row));
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const { energy, tempo } = stepsBetween(catalogue, rows[a] ?? 0, rows[b] ?? 0);
      const clash = weights.harmonic === 0 ? 0 : clashOf(keys[a] ?? -1, keys[b] ?? -1);
      steps[a * count + b] = steps[b * count + a] = weights.energy * energy + weights.tempo * tempo + weights.harmonic * clash;
    }
  }
  return { steps, places: flow.energy === 'free' ? undefined : placeCosts(catalogue, rows, flow.energy) };
}

/** How far apart two tracks sound: energy and tempo, an unknown one being a middling step. */
export function stepBetween(catalogue: Catalogue, a: number, b: number): number {
  const { energy, tempo } = stepsBetween(catalogue, a, b);
  return energy + tempo;
}

/** A row's place on the Camelot wheel as a number, -1 when its key is not known. */
export function camelotOf(catalogue: Catalogue, row: number): number {
  return camelotNumber(catalogue.numbers.key[row], catalogue.numbers.mode[row]);
}

const ARCS: Readonly<Record<EnergyArc, (at: number) => number>> = {
  free: () => 0.5,
  rise: (at) => at,
  fall: (at) => 1 - at,
  peak: (at) => 1 - Math.abs(2 * at - 1),
  dip: (at) => Math.abs(2 * at - 1),
  wave: (at) => (1 - Math.cos(4 * Math.PI * at)) / 2,
};

/** The arc at a point from 0, the start, to 1, the end; 0 is the lowest energy of the list and 1 the highest. */
export function arcAt(arc: EnergyArc, at: number): number {
  return ARCS[arc](at);
}

function stepsBetween(catalogue: Catalogue, a: number, b: number): { energy: number; tempo: number } {
  const { energy, tempo } = catalogue.numbers;
  return {
    energy: apart((energy[a] ?? Number.NaN) - (energy[b] ?? Number.NaN)),
    tempo: apart(((tempo[a] ?? Number.NaN) - (tempo[b] ?? Number.NaN)) / TEMPO_SPAN),
  };
}

function apart(difference: number): number {
  return Number.isNaN(difference) ? UNKNOWN_STEP : Math.abs(difference);
}

function clashOf(a: number, b: number): number {
  const steps = camelotSteps(a, b);
  return steps === null ? UNKNOWN_CLASH : (CLASH[Math.min(steps, CLASH.length - 1)] ?? 1);
}

/** How far each track is from the energy that the arc has at each place, which is one that the list has: the arc is followed rank by rank. */
function placeCosts(catalogue: Catalogue, rows: readonly number[], arc: EnergyArc): Float64Array | undefined {
  const count = rows.length;
  const energies = rows.map((row) => catalogue.numbers.energy[row] ?? Number.NaN);
  const known = energies.filter((energy) => !Number.isNaN(energy)).toSorted((a, b) => a - b);
  if (known.length < 2) return undefined;
  const heights = Array.from({ length: count }, (_, place) => ({ place, height: arcAt(arc, count === 1 ? 0 : place / (count - 1)) }));
  const wanted = new Float64Array(count);
  heights
    .toSorted((a, b) => a.height - b.height || a.place - b.place)
    .forEach(({ place }, rank) => (wanted[place] = known[Math.round((rank * (known.length - 1)) / Math.max(1, count - 1))] ?? 0.5));
  const costs = new Float64Array(count ** 2);
  for (let track = 0; track < count; track++) {
    const energy = energies[track] ?? Number.NaN;
    if (Number.isNaN(energy)) continue;
    for (let place = 0; place < count; place++) costs[track * count + place] = ARC_WISH * Math.abs(energy - (wanted[place] ?? 0.5));
  }
  return costs;
}
