import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';

/** Path to a part of a policy document; joined with dots it equals the server's path: `pool.all.0`, `mix.1.rule`. */
export type RulePath = readonly (string | number)[];

export type RuleGroup = { all: Rule[] } | { any: Rule[] };
export type GroupKind = 'all' | 'any';

export const pathKey = (path: RulePath) => path.join('.');

/** True for the pool and for the rule of a mix block: they can be emptied, but not removed. */
export const isRoot = (path: RulePath) => path.length === 1 || (path[0] === 'mix' && path.length === 3);

/** The rule at a path, or undefined if the document has changed and the path no longer exists. */
export function ruleAt(policy: Policy, path: RulePath): Rule | undefined {
  const part = partAt(policy, path);
  return typeof part === 'object' && part !== null ? (part as Rule) : undefined;
}

/** A copy of the policy with the part at that path replaced. Everything else is shared; nothing is mutated. */
export function replacePart(policy: Policy, path: RulePath, part: unknown): Policy {
  return replaceIn(policy, path, part) as Policy;
}

/** The members of a group, or undefined for a leaf and a "not". */
export function groupMembers(rule: Rule): readonly Rule[] | undefined {
  if ('all' in rule) return rule.all;
  return 'any' in rule ? rule.any : undefined;
}

export const kindOfGroup = (rule: RuleGroup): GroupKind => ('all' in rule ? 'all' : 'any');
export const makeGroup = (kind: GroupKind, members: readonly Rule[]): RuleGroup => (kind === 'all' ? { all: [...members] } : { any: [...members] });

function partAt(parent: unknown, path: RulePath): unknown {
  let part = parent;
  for (const step of path) {
    if (typeof part !== 'object' || part === null) return undefined;
    part = (part as Readonly<Record<string | number, unknown>>)[step];
  }
  return part;
}

function replaceIn(parent: unknown, [step, ...rest]: RulePath, part: unknown): unknown {
  if (step === undefined) return part;
  if (Array.isArray(parent)) return parent.map((one: unknown, at) => (at === step ? replaceIn(one, rest, part) : one));
  const record = typeof parent === 'object' && parent !== null ? (parent as Readonly<Record<string, unknown>>) : {};
  return { ...record, [step]: replaceIn(record[step], rest, part) };
}
