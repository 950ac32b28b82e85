import type { RuleMember } from './feasibility-members.ts';

/** Whether the policy can be filled when the given rules are taken away. */
type CanHold = (without: readonly RuleMember[]) => Generator<undefined, boolean>;

/**
 * The smallest set of rules that cannot hold together: taking away, one after another, whatever is not needed for the conflict. Without any one of
 * the rules that are left, the rest of them can hold. Undefined when the policy cannot be filled even without all of them. Rules that have nothing to
 * do with it go by the half, so that many of them cost few trials.
 */
export function* minimalConflict(members: readonly RuleMember[], canHold: CanHold): Generator<undefined, RuleMember[] | undefined> {
  if (!(yield* canHold(members))) return undefined;
  const left: RuleMember[] = [];
  const kept: RuleMember[] = [];
  const waiting: (readonly RuleMember[])[] = [members.slice(Math.ceil(members.length / 2)), members.slice(0, Math.ceil(members.length / 2))];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    const [first] = group;
    if (first === undefined) continue;
    if (!(yield* canHold([...left, ...group]))) left.push(...group);
    else if (group.length === 1) kept.push(first);
    else waiting.push(group.slice(Math.ceil(group.length / 2)), group.slice(0, Math.ceil(group.length / 2)));
  }
  return kept;
}
