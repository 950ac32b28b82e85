import type { RuleMember } from './feasibility-members.ts';

/** Whether the policy can be filled when the given rules are taken away. */
type CanHold = (without: readonly RuleMember[]) => Generator<undefined, boolean>;

/**
 * The smallest set of rules that cannot hold together: taking away, one after another, whatever is not needed for the conflict. Without any one of
 * the rules that are left, the rest of them can hold. Undefined when the policy cannot be filled even without all of them. Costs one trial a rule.
 */
export function* minimalConflict(members: readonly RuleMember[], canHold: CanHold): Generator<undefined, RuleMember[] | undefined> {
  if (!(yield* canHold(members))) return undefined;
  const left: RuleMember[] = [];
  const kept: RuleMember[] = [];
  for (const member of members) {
    if (yield* canHold([...left, member])) kept.push(member);
    else left.push(member);
  }
  return kept;
}
