import type { PolicyV1 } from '../contracts/policy.ts';

/** The exclusivity groups in which a policy's lists claim what they show: their own and those they yield to. */
export function groupsOf({ exclusivity }: Pick<PolicyV1, 'exclusivity'>): string[] {
  return [...new Set([...(exclusivity.group === undefined ? [] : [exclusivity.group]), ...exclusivity.yieldsTo])];
}

type Yielding = Pick<PolicyV1, 'exclusivity'>;

/**
 * Groups that yield to each other in a circle, the first one repeated at the end (`['a', 'b', 'a']`); undefined when somebody always chooses
 * first. Give the policies that are in use together.
 */
export function findExclusivityCycle(policies: readonly Yielding[]): string[] | undefined {
  const edges = edgesOf(policies);
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const cycle = walk(start, { edges, done, path: [] });
    if (cycle) return cycle;
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

interface Walk {
  readonly edges: ReadonlyMap<string, ReadonlySet<string>>;
  readonly done: Set<string>;
  readonly path: readonly string[];
}

function walk(group: string, { edges, done, path }: Walk): string[] | undefined {
  const at = path.indexOf(group);
  if (at >= 0) return [...path.slice(at), group];
  if (done.has(group)) return undefined;
  for (const next of edges.get(group) ?? []) {
    const cycle = walk(next, { edges, done, path: [...path, group] });
    if (cycle) return cycle;
  }
  done.add(group);
  return undefined;
}
