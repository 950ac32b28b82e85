import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';

/** The exclusivity groups in which a policy's lists claim what they show: their own and those they yield to. */
export function groupsOf({ exclusivity }: Pick<PolicyV1, 'exclusivity'>): string[] {
  return [...new Set([...(exclusivity.group === undefined ? [] : [exclusivity.group]), ...exclusivity.yieldsTo])];
}

type Yielding = Pick<PolicyV1, 'exclusivity'>;

/**
 * The shortest circle of groups yielding to each other that a policy closes beside others, its own group at both ends (`['a', 'b', 'a']`); undefined
 * when it closes none. What others yield to each other without it is not its fault.
 */
export function findExclusivityCycle({ exclusivity }: Yielding, others: readonly Yielding[]): string[] | undefined {
  const { group, yieldsTo } = exclusivity;
  if (group === undefined) return undefined;
  const edges = edgesOf(others);
  const seen = new Set<string>();
  const paths: string[][] = yieldsTo.map((next) => [group, next]);
  for (const path of paths) {
    const last: string = path.at(-1) ?? group;
    if (last === group) return path;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const next of edges.get(last) ?? []) paths.push([...path, next]);
  }
  return undefined;
}

/** The order of choosing: 0 for whoever yields to nobody, one more than the highest of those it yields to otherwise. Circles count once. */
export function precedenceOf(policies: readonly Yielding[]): (policy: Yielding) => number {
  const edges = edgesOf(policies);
  const known = new Map<string, number>();
  const ofGroup = (group: string, path: ReadonlySet<string>): number => {
    const found = known.get(group);
    if (found !== undefined) return found;
    if (path.has(group)) return 0;
    const onward = new Set([...path, group]);
    const precedence = Math.max(-1, ...[...(edges.get(group) ?? [])].map((next) => ofGroup(next, onward))) + 1;
    known.set(group, precedence);
    return precedence;
  };
  return ({ exclusivity }) => Math.max(-1, ...exclusivity.yieldsTo.map((group) => ofGroup(group, new Set()))) + 1;
}

/** Whom each group yields to, by any of its policies. */
function edgesOf(policies: readonly Yielding[]): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { exclusivity } of policies) {
    if (exclusivity.group === undefined) continue;
    const known = edges.get(exclusivity.group) ?? new Set();
    for (const group of exclusivity.yieldsTo) known.add(group);
    edges.set(exclusivity.group, known);
  }
  return edges;
}
