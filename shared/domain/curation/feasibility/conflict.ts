import type { RuleMember } from './members.ts';

/** Whether the policy can be filled when the given rules are taken away. */
type CanHold = (without: readonly RuleMember[]) => Generator<undefined, boolean>;

/** As many conflicts as anybody solves at one sitting: where so many are found, there may be more. */
export const CONFLICTS_MAX = 4;
/** Ways of loosening that are tried to find a further conflict: each may be many days played forward. */
const LOOSENED_MAX = 24;

/**
 * The conflicts that stand in a policy's way, each as small as it can be: without any one of its rules the others of it can hold. The first alone
 * when loosening any of its rules is enough; otherwise those that are left then, too. Empty when the policy cannot be filled even without all rules.
 */
export function* conflictsIn(members: readonly RuleMember[], canHold: CanHold): Generator<undefined, RuleMember[][]> {
  const found: RuleMember[][] = [];
  const seen = new Set<string>();
  const waiting: (readonly RuleMember[])[] = [[]];
  for (let tried = 0; tried <= LOOSENED_MAX && found.length < CONFLICTS_MAX; tried += 1) {
    const loosened = waiting.shift();
    if (!loosened) break;
    const conflict = yield* remaining(members, { loosened, found, canHold });
    if (!conflict) continue;
    if (!found.includes(conflict)) found.push(conflict);
    for (const member of conflict) {
      const next = members.filter((one) => one === member || loosened.includes(one));
      const key = next.map(({ path }) => path).join(' ');
      if (!seen.has(key)) waiting.push(next);
      seen.add(key);
    }
  }
  return found;
}

interface Loosening {
  readonly loosened: readonly RuleMember[];
  readonly found: readonly RuleMember[][];
  readonly canHold: CanHold;
}

/** A conflict that is there although some rules are loosened: one that is known already, or a new one; undefined when none is left. */
function* remaining(members: readonly RuleMember[], { loosened, found, canHold }: Loosening): Generator<undefined, RuleMember[] | undefined> {
  const known = found.find((conflict) => !conflict.some((member) => loosened.includes(member)));
  if (known) return known;
  if (loosened.length > 0 && (yield* canHold(loosened))) return undefined;
  const others = members.filter((member) => !loosened.includes(member));
  return yield* minimalConflict(others, (without) => canHold([...loosened, ...without]));
}

/**
 * The smallest set of rules that cannot hold together: taking away, one after another, whatever is not needed for the conflict. Without any one of
 * the rules that are left, the rest of them can hold. Undefined when the policy cannot be filled even without all of them. Rules that have nothing to
 * do with it go by the half, so that many of them cost few trials.
 */
function* minimalConflict(members: readonly RuleMember[], canHold: CanHold): Generator<undefined, RuleMember[] | undefined> {
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
