import type { Policy } from '#shared/contracts/policies/policy.ts';
import { decideVerdict } from './decide.ts';
import { following, isProved, latestDay, sharing } from './forecast.ts';
import type { FeasibilityInput } from './forecast.ts';
import { TrialBudget } from './trial-budget.ts';

/** Work budget of the search, in units of one filled slot. */
const UNITS_MAX = 300_000;
/** Exact checks per kind of change: the smallest change that counting allows, then halving. */
const CHECKS_MAX = 5;
/** Steps of a change that shortens the list and the repeat window alike: 5% each. */
const BOTH_STEPS = 19;
const BOTH_SHARE = 0.05;
const SCOPE_DISTANCE = 0.75;

/** One kind of change: alternatives 1 to `steps`, nearest first, and how far each is from the policy (0 same, 1 something is gone). */
interface Change {
  readonly steps: number;
  readonly apply: (step: number) => Policy;
  readonly distance: (step: number) => number;
}

/**
 * The nearest policy that is proved feasible on every day: with a shorter list, a shorter repeat window, both, higher caps, less artist separation or
 * each playlist on its own, whatever of these is in the conflicts. Undefined when the search finds none within its work budget.
 */
export function* findNearest(input: FeasibilityInput, conflictPaths: readonly string[]): Generator<unknown, Policy | undefined> {
  const work = new TrialBudget(UNITS_MAX);
  const changes = changesOf(input.policy, new Set(conflictPaths)).map((change) => ({ change, least: leastAllowed(input, change) }));
  const byDistance = changes.toSorted((a, b) => a.change.distance(a.least) - b.change.distance(b.least));
  let best: { readonly policy: Policy; readonly distance: number } | undefined;
  for (const { change, least } of byDistance) {
    if (least > change.steps || (best && change.distance(least) >= best.distance)) continue;
    const step = yield* leastProved(input, { change, least, work });
    if (step === undefined || (best && change.distance(step) >= best.distance)) continue;
    best = { policy: change.apply(step), distance: change.distance(step) };
  }
  return best?.policy;
}

function changesOf(policy: Policy, paths: ReadonlySet<string>): Change[] {
  const { size, rest, caps, separation, pins } = policy;
  const sizeMin = Math.max(1, pins.length, ...pins.map((pin) => pin.position ?? 1));
  const raised = (key: keyof Policy['caps']): Change => ({
    steps: Math.max(0, size - caps[key]),
    apply: (step) => ({ ...policy, caps: { ...caps, [key]: caps[key] + step } }),
    distance: (step) => step / (caps[key] + step),
  });
  const shorter: Change = { steps: size - sizeMin, apply: (step) => ({ ...policy, size: size - step }), distance: (step) => step / size };
  const window: Change = {
    steps: rest.days - 1,
    apply: (step) => ({ ...policy, rest: { ...rest, days: rest.days - step } }),
    distance: (step) => step / rest.days,
  };
  const both: Change = {
    steps: policy.duration ? 0 : BOTH_STEPS,
    apply: (step) => ({
      ...policy,
      size: Math.max(sizeMin, Math.round(size * (1 - step * BOTH_SHARE))),
      rest: { ...rest, days: Math.max(1, Math.round(rest.days * (1 - step * BOTH_SHARE))) },
    }),
    distance: (step) => 2 * step * BOTH_SHARE,
  };
  const closer: Change = {
    steps: separation.artist - 1,
    apply: (step) => ({ ...policy, separation: { artist: separation.artist - step } }),
    distance: (step) => step / separation.artist,
  };
  const apart: Change = { steps: 1, apply: () => ({ ...policy, rest: { ...rest, scope: 'playlist' } }), distance: () => SCOPE_DISTANCE };
  return [
    ...(paths.has('size') && !policy.duration ? [shorter] : []),
    ...(paths.has('rest.days') ? [window] : []),
    ...(paths.has('size') && paths.has('rest.days') ? [both] : []),
    ...(paths.has('caps.perArtist') ? [raised('perArtist')] : []),
    ...(paths.has('caps.perAlbum') ? [raised('perAlbum')] : []),
    ...(paths.has('separation.artist') ? [closer] : []),
    ...(paths.has('rest.scope') ? [apart] : []),
  ];
}

/** The first step that counting does not refute; one more than there are if it refutes all. */
function leastAllowed(input: FeasibilityInput, { steps, apply }: Change): number {
  return firstStep([1, steps + 1], (step) => latestDay(draftOf(input, apply(step)), apply(step)) === undefined);
}

interface Search {
  readonly change: Change;
  readonly least: number;
  readonly work: TrialBudget;
}

/** The smallest step found that is proved: tries the least that counting allows, then halves up to the first that counting proves. */
function* leastProved(input: FeasibilityInput, { change, least, work }: Search): Generator<unknown, number | undefined> {
  const { steps, apply } = change;
  const isCounted = (step: number) => isProved(draftOf(input, apply(step)), apply(step), sharing(draftOf(input, apply(step))));
  const counted = firstStep([least, steps + 1], isCounted);
  let [low, high] = [least, counted];
  let found = counted <= steps ? counted : undefined;
  for (let checks = 0, step = least; checks < CHECKS_MAX && low < high; checks += 1, step = (low + high) >> 1) {
    if (yield* isExact(draftOf(input, apply(step)), work)) {
      found = step;
      high = step;
    } else low = step + 1;
  }
  return found;
}

function* isExact(input: FeasibilityInput, work: TrialBudget): Generator<unknown, boolean> {
  const verdict = yield* decideVerdict(input, () => work);
  return verdict.kind === 'counted' || (verdict.kind === 'simulated' && verdict.alone === input.days && verdict.together === input.days);
}

function draftOf(input: FeasibilityInput, policy: Policy): FeasibilityInput {
  return { ...input, policy, own: following(input, policy) };
}

/** The first step in [from, to) for which the test holds, by halving; `to` when it holds for none. Assumes that it holds for all later ones. */
function firstStep([from, to]: readonly [number, number], test: (step: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
