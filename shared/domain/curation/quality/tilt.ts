/** The problem of choosing how often each row is drawn, as columns: rows × features. */
export interface TiltProblem {
  /** Number of rows that are drawn at once, in the mean. */
  readonly drawn: number;
  /** What each row starts with, in nats. */
  readonly offsets: Float64Array;
  /** Features, each by row; the drawn rows should have a mean of 0 of each. 0 where the value is unknown. */
  readonly features: readonly Float64Array[];
  /** How reluctantly each feature is moved, where not all can be met. */
  readonly ridges: readonly number[];
}

export interface Tilt {
  /** The factor of each feature. */
  readonly factors: readonly number[];
  /** What every row starts with beside its offset. */
  readonly base: number;
}

const STEPS_MAX = 30;
const HALVINGS_MAX = 12;
const DONE = 1e-4;
const EXPONENT_MAX = 30;

/**
 * The shares min(1, exp(base + offset + factors · features)) that add up to the wanted number and give every feature a mean of 0 among the drawn rows, or
 * come as near as the rows allow: the distribution closest to the pool in relative entropy under these moments (exponential tilting), by Newton's
 * method on the convex dual with ridges. Deterministic.
 */
export function fitTilt(problem: TiltProblem): Tilt {
  const size = problem.features.length + 1;
  const rows = problem.offsets.length;
  let at = new Float64Array(size);
  at[0] = Math.log(Math.max(1e-12, problem.drawn / Math.max(1, rows)));
  let state = evaluate(problem, at);
  for (let step = 0; step < STEPS_MAX; step++) {
    if (state.gradient.every((slope) => Math.abs(slope) < DONE * problem.drawn)) break;
    const direction = solve(state.curvature, state.gradient, size);
    let length = 1;
    let next = at;
    let reached = state;
    for (let halving = 0; halving < HALVINGS_MAX; halving++) {
      const tried = at.map((value, index) => value - length * (direction[index] ?? 0));
      reached = evaluate(problem, tried);
      next = tried;
      if (reached.value < state.value) break;
      length /= 2;
    }
    if (reached.value >= state.value) break;
    at = next;
    state = reached;
  }
  return { base: at[0] ?? 0, factors: [...at.subarray(1)] };
}

interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

/** The dual at some factors: its value, gradient and Hessian. Rows with a share of 1 have no curvature. */
function evaluate({ drawn, offsets, features, ridges }: TiltProblem, at: Float64Array): Evaluation {
  const size = at.length;
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size ** 2);
  const values = new Float64Array(size).fill(1);
  let value = -drawn * (at[0] ?? 0);
  for (let row = 0; row < offsets.length; row++) {
    let exponent = (at[0] ?? 0) + (offsets[row] ?? 0);
    for (let f = 1; f < size; f++) {
      const feature = features[f - 1]?.[row] ?? 0;
      values[f] = feature;
      exponent += (at[f] ?? 0) * feature;
    }
    const isFull = exponent >= 0;
    const share = isFull ? 1 : Math.exp(Math.max(-EXPONENT_MAX, exponent));
    value += isFull ? 1 + exponent : share;
    for (let f = 0; f < size; f++) {
      const weighted = share * (values[f] ?? 0);
      gradient[f] = (gradient[f] ?? 0) + weighted;
      if (isFull) continue;
      for (let g = 0; g <= f; g++) curvature[f * size + g] = (curvature[f * size + g] ?? 0) + weighted * (values[g] ?? 0);
    }
  }
  gradient[0] = (gradient[0] ?? 0) - drawn;
  for (let f = 1; f < size; f++) {
    const ridge = drawn * (ridges[f - 1] ?? 0);
    value += (ridge / 2) * (at[f] ?? 0) ** 2;
    gradient[f] = (gradient[f] ?? 0) + ridge * (at[f] ?? 0);
    curvature[f * size + f] = (curvature[f * size + f] ?? 0) + ridge;
  }
  curvature[0] = (curvature[0] ?? 0) + 1e-6 * drawn;
  return { value, gradient, curvature };
}

/** Solves a symmetric positive definite system, given by its lower triangle, by Cholesky's decomposition. */
function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size ** 2);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (lower[j * size + j] ?? 1);
    }
  }
  const solution = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i] = (solution[i] ?? 0) - (lower[i * size + k] ?? 0) * (solution[k] ?? 0);
    solution[i] = (solution[i] ?? 0) / (lower[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i] = (solution[i] ?? 0) - (lower[k * size + i] ?? 0) * (solution[k] ?? 0);
    solution[i] = (solution[i] ?? 0) / (lower[i * size + i] ?? 1);
  }
  return solution;
}
