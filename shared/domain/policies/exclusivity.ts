import type { Policy } from '#shared/contracts/policies/policy.ts';

/** The exclusivity groups in which a policy's lists claim their recordings: their own and those they yield to. */
export function groupsOf({ exclusivity }: Pick<Policy, 'exclusivity'>): string[] {
  return [...new Set([...(exclusivity.group === undefined ? [] : [exclusivity.group]), ...exclusivity.yieldsTo])];
}

type Yielding = Pick<Policy, 'exclusivity'>;

/**
 * The shortest cycle of groups yielding to each other that the policy closes, its own group at both ends (`['a', 'b', 'a']`); undefined when it
 * closes none. Ignores cycles among the other policies.
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

/** The order of choosing: 0 for a policy that yields to none, otherwise one more than the highest it yields to. A group in a cycle counts once. */
export function precedenceOf(policies: readonly Yielding[]): (policy: Yielding) => number {
  const edges = edgesOf(policies);
  const known = new Map<string, number>();
  const ofGroup = (group: string, path: ReadonlySet<string>): number => {
    const cached = known.get(group);
    if (cached !== undefined) return cached;
    if (path.has(group)) return 0;
    const extendedPath = new Set([...path, group]);
    const precedence = Math.max(-1, ...[...(edges.get(group) ?? [])].map((next) => ofGroup(next, extendedPath))) + 1;
    known.set(group, precedence);
    return precedence;
  };
  return ({ exclusivity }) => Math.max(-1, ...exclusivity.yieldsTo.map((group) => ofGroup(group, new Set()))) + 1;
}

/** The groups that each group yields to, by any of its policies. */
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
