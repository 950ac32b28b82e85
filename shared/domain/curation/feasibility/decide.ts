import { forecast, isProved, sharing } from './forecast.ts';
import type { FeasibilityInput } from './forecast.ts';
import type { ListOfDay } from '../curate-day.ts';
import type { TrialDay } from './trial.ts';
import { TrialBudget } from './trial-budget.ts';

/** The exact verdict: filled on every day (proved by counting or simulated), or some list fails. */
export type Verdict =
  | { readonly kind: 'counted' }
  /** Filled on so many days alone, and on `together` days beside the other lists. */
  | { readonly kind: 'simulated'; readonly alone: number; readonly together: number }
  | { readonly kind: 'fails'; readonly day: number; readonly isLatest: boolean; readonly others: readonly ListOfDay[] };

/** A simulated day, and the number of other lists that are simulated beside the policy's. */
export interface VerdictStep extends TrialDay {
  readonly others: number;
}

/** Decides whether the lists of the policy last: by counting if that proves it, else by simulating them alone and then beside the others that share with them. */
export function* decideVerdict(input: FeasibilityInput, newBudget: () => TrialBudget = () => new TrialBudget()): Generator<VerdictStep, Verdict> {
  const { policy, days } = input;
  const shared = sharing(input);
  if (isProved(input, policy, shared)) return { kind: 'counted' };
  const isProvedAlone = shared.length > 0 && isProved(input, policy, []);
  const alone = isProvedAlone ? { kind: 'lasts' as const, days } : yield* beside(forecast(input, policy, { others: [], work: newBudget() }), 0);
  if (alone.kind === 'fails') return { ...alone, others: [] };
  if (shared.length === 0) return { kind: 'simulated', alone: alone.days, together: alone.days };
  const together = yield* beside(forecast(input, policy, { others: shared, work: newBudget() }), shared.length);
  if (together.kind === 'fails') return { ...together, others: shared };
  return { kind: 'simulated', alone: alone.days, together: together.days };
}

function* beside<T>(steps: Generator<TrialDay, T>, others: number): Generator<VerdictStep, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { ...step.value, others };
  }
}
