import { CONFLICTS_MAX } from '#shared/contracts/policies/policy-views.ts';
import type { RuleMember } from './members.ts';

/** Whether the policy can be filled without the given rules. */
type CanHold = (without: readonly RuleMember[]) => Generator<unknown, boolean>;

/** Relaxations that are tried to find a further conflict: each may simulate many days. */
const RELAXATIONS_MAX = 24;

/**
 * Finds the conflicts of a policy, each minimal: without any one of its rules the others can be met together. Returns only the first when relaxing
 * any of its rules is enough, otherwise also the conflicts that remain then. Empty when the policy cannot be filled even without all rules.
 */
export function* findConflicts(members: readonly RuleMember[], canHold: CanHold): Generator<unknown, RuleMember[][]> {
  const conflicts: RuleMember[][] = [];
  const seen = new Set<string>();
  const waiting: (readonly RuleMember[])[] = [[]];
  for (let tried = 0; tried <= RELAXATIONS_MAX && conflicts.length < CONFLICTS_MAX; tried += 1) {
    const relaxed = waiting.shift();
    if (!relaxed) break;
    const conflict = yield* remaining(members, { relaxed, conflicts, canHold });
    if (!conflict) continue;
    if (!conflicts.includes(conflict)) conflicts.push(conflict);
    for (const member of conflict) {
      const next = members.filter((one) => one === member || relaxed.includes(one));
      const key = next.map(({ path }) => path).join(' ');
      if (!seen.has(key)) waiting.push(next);
      seen.add(key);
    }
  }
  return conflicts;
}

interface Relaxation {
  readonly relaxed: readonly RuleMember[];
  readonly conflicts: readonly RuleMember[][];
  readonly canHold: CanHold;
}

/** A conflict that remains when some rules are relaxed: a known one, or a new one; undefined when none is left. */
function* remaining(members: readonly RuleMember[], { relaxed, conflicts, canHold }: Relaxation): Generator<unknown, RuleMember[] | undefined> {
  const known = conflicts.find((conflict) => !conflict.some((member) => relaxed.includes(member)));
  if (known) return known;
  if (relaxed.length > 0 && (yield* canHold(relaxed))) return undefined;
  const others = members.filter((member) => !relaxed.includes(member));
  return yield* minimalConflict(others, (without) => canHold([...relaxed, ...without]));
}

/**
 * A minimal set of rules that cannot be met together: removes rules that the conflict does not need. Without any one of the remaining rules, the
 * others can be met. Undefined when the policy cannot be filled even without all of them. Halves groups of unrelated rules, so that many of them
 * cost few trials.
 */
function* minimalConflict(members: readonly RuleMember[], canHold: CanHold): Generator<unknown, RuleMember[] | undefined> {
  if (!(yield* canHold(members))) return undefined;
  const dropped: RuleMember[] = [];
  const needed: RuleMember[] = [];
  const waiting: (readonly RuleMember[])[] = [members.slice(Math.ceil(members.length / 2)), members.slice(0, Math.ceil(members.length / 2))];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    const [first] = group;
    if (first === undefined) continue;
    if (!(yield* canHold([...dropped, ...group]))) dropped.push(...group);
    else if (group.length === 1) needed.push(first);
    else waiting.push(group.slice(Math.ceil(group.length / 2)), group.slice(0, Math.ceil(group.length / 2)));
  }
  return needed;
}
