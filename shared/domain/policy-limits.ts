import { POLICY_DEPTH_MAX, POLICY_NODES_MAX } from '../contracts/policy.ts';

/** What is wrong with a policy document, where, and what to do. */
export interface PolicyProblem {
  /** Dotted path from the policy: `pool.all.0.value`; empty for the whole. */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Whether a value is too deep or too large to be looked at by recursion. Walks with a list of its own instead of the call stack. A level is
 * an object within an object; the lists in between do not count, but lists within lists do.
 */
export function findExcess(value: unknown): PolicyProblem | undefined {
  const waiting: { part: object; depth: number }[] = [];
  let nodes = 0;
  if (typeof value === 'object' && value !== null) waiting.push({ part: value, depth: 0 });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > POLICY_DEPTH_MAX) {
      const message = `The rules are nested more than ${POLICY_DEPTH_MAX} levels deep.`;
      return { field: 'pool', message, remedy: 'Take groups apart: an "all" within an "all" needs no group of its own.' };
    }
    const isList = Array.isArray(next.part);
    for (const inner of Object.values(next.part)) {
      nodes += 1;
      if (nodes > POLICY_NODES_MAX) return tooMany();
      if (typeof inner !== 'object' || inner === null) continue;
      waiting.push({ part: inner, depth: next.depth + (Array.isArray(inner) && !isList ? 0 : 1) });
    }
  }
  return undefined;
}

function tooMany(): PolicyProblem {
  const message = `The policy has more than ${POLICY_NODES_MAX.toLocaleString('en')} parts.`;
  return { field: 'pool', message, remedy: 'Put many values of one field into one rule with "one_of" or "has_any".' };
}
