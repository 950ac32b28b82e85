import { setImmediate } from 'node:timers/promises';

/** Other requests wait at most this long for one calculation. */
const YIELD_AFTER_MS = 15;

/** Runs a calculation that pauses often, and lets other work run in its pauses. Throws the signal's reason when it is aborted. */
export async function runInSteps<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  for (let yieldedMs = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - yieldedMs < YIELD_AFTER_MS) continue;
    await setImmediate();
    signal?.throwIfAborted();
    yieldedMs = performance.now();
  }
}

/** Applies a calculation to each item, in order, and lets other work run in between. */
export function mapInSteps<T, R>(items: Iterable<T>, calculate: (item: T) => R): Promise<R[]> {
  return runInSteps(calculations(items, calculate));
}

function* calculations<T, R>(items: Iterable<T>, calculate: (item: T) => R): Generator<void, R[]> {
  const results: R[] = [];
  for (const item of items) {
    results.push(calculate(item));
    yield;
  }
  return results;
}
