import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';

/** The way to a part of a policy document, as the server names it: `pool.all.0`, `mix.1.rule`. */
export type RulePath = readonly (string | number)[];

export type RuleGroup = { all: Rule[] } | { any: Rule[] };
export type GroupKind = 'all' | 'any';

export const pathText = (path: RulePath) => path.join('.');

/** True for the pool itself and for the rule of a mix block: they can be emptied, never taken out. */
export const isRoot = (path: RulePath) => path.length === 1 || (path[0] === 'mix' && path.length === 3);

/** The rule at a path, or undefined when the document has grown otherwise meanwhile. */
export function ruleAt(policy: PolicyV1, path: RulePath): Rule | undefined {
  const found = partAt(policy, path);
  return typeof found === 'object' && found !== null ? (found as Rule) : undefined;
}

/** A copy of the policy with another part at that path; everything beside it is shared, nothing is changed in place. */
export function withPart(policy: PolicyV1, path: RulePath, part: unknown): PolicyV1 {
  return placed(policy, path, part) as PolicyV1;
}

/** The members of a group, or undefined for a leaf and a "not". */
export function membersOf(rule: Rule): readonly Rule[] | undefined {
  if ('all' in rule) return rule.all;
  return 'any' in rule ? rule.any : undefined;
}

export const kindOfGroup = (rule: RuleGroup): GroupKind => ('all' in rule ? 'all' : 'any');
export const groupOf = (kind: GroupKind, members: readonly Rule[]): RuleGroup => (kind === 'all' ? { all: [...members] } : { any: [...members] });

function partAt(whole: unknown, path: RulePath): unknown {
  let part = whole;
  for (const step of path) {
    if (typeof part !== 'object' || part === null) return undefined;
    part = (part as Readonly<Record<string | number, unknown>>)[step];
  }
  return part;
}

function placed(whole: unknown, [step, ...rest]: RulePath, part: unknown): unknown {
  if (step === undefined) return part;
  if (Array.isArray(whole)) return whole.map((one: unknown, at) => (at === step ? placed(one, rest, part) : one));
  const record = typeof whole === 'object' && whole !== null ? (whole as Readonly<Record<string, unknown>>) : {};
  return { ...record, [step]: placed(record[step], rest, part) };
}
