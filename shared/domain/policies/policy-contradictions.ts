import type { DateRule, LeafRule, NumberRule, Policy, Preference, Rule, TagRule, TextRule } from '#shared/contracts/policies/policy.ts';
import { CAMELOT_CODES } from '#shared/domain/catalog/camelot.ts';
import { describeRule, lowerFirst } from './describe-policy.ts';
import { kindOf } from './leaf-kinds.ts';
import { findClash } from './policy-inconsistencies.ts';
import type { PolicyProblem } from './policy-limits.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { dayRange, numberRange } from './pool-leaves.ts';
import type { Range } from './pool-leaves.ts';

/** The first contradiction in a well-formed policy: a value that does not suit its operator, or rules that exclude each other. */
export function findContradiction(policy: Policy): PolicyProblem | undefined {
  return (
    inRule(policy.pool, 'pool') ??
    firstOf(policy.mix.map((block, index) => inRule(block.rule, `mix.${index}.rule`))) ??
    inPreferences(policy.prefer, 'prefer') ??
    inRoles(policy) ??
    findClash(policy)
  );
}

function inRoles(policy: Policy): PolicyProblem | undefined {
  if (policy.version !== 2) return undefined;
  return firstOf(Object.entries(policy.roles).map(([role, preferences]) => inPreferences(preferences, `roles.${role}`)));
}

function inPreferences(preferences: readonly Preference[], path: string): PolicyProblem | undefined {
  return firstOf(preferences.map((preference, index) => inPreference(preference, `${path}.${index}`)));
}

function inPreference(preference: Preference, path: string): PolicyProblem | undefined {
  if (!('has' in preference)) return undefined;
  const { field, has } = preference;
  const refuse = (message: string, remedy: string) => ({ field: `${path}.has`, message, remedy });
  const leaf: TagRule = { field, op: 'has', value: has, whenUnknown: 'exclude' };
  return wordsProblem(leaf, refuse) ?? (field === 'camelot' ? camelotProblem(leaf, refuse) : undefined);
}

function firstOf(problems: readonly (PolicyProblem | undefined)[]): PolicyProblem | undefined {
  return problems.find((problem) => problem !== undefined);
}

function inRule(rule: Rule, path: string): PolicyProblem | undefined {
  if ('field' in rule) return inLeaf(rule, path);
  if ('not' in rule) return inRule(rule.not, `${path}.not`);
  const isAll = 'all' in rule;
  const parts = isAll ? rule.all : rule.any;
  for (const [index, part] of parts.entries()) {
    const problem = inRule(part, `${path}.${isAll ? 'all' : 'any'}.${index}`);
    if (problem) return problem;
  }
  return isAll ? amongTogether(gather(rule, path)) : undefined;
}

function inLeaf(leaf: LeafRule, path: string): PolicyProblem | undefined {
  const known = kindOf(leaf);
  const refuse = (message: string, remedy: string) => ({ field: `${path}.value`, message, remedy });
  if (known.kind === 'number') return numberProblem(known.leaf, refuse);
  if (known.kind === 'date') return dateProblem(known.leaf, refuse);
  if (known.kind === 'text' || known.kind === 'tag') {
    const isCamelot = known.kind === 'tag' && known.leaf.field === 'camelot';
    return wordsProblem(known.leaf, refuse) ?? (isCamelot ? camelotProblem(known.leaf, refuse) : undefined);
  }
  return undefined;
}

type Refuse = (message: string, remedy: string) => PolicyProblem;

function numberProblem({ op, value }: NumberRule, refuse: Refuse): PolicyProblem | undefined {
  if (op !== 'between')
    return typeof value === 'number' ? undefined : refuse(`"${op}" compares with one number, not two.`, 'Use one number, or "between".');
  if (typeof value === 'number') return refuse('"between" needs two numbers.', 'Use [lowest, highest], or "gte" or "lte".');
  return value[0] > value[1] ? refuse(`No number lies between ${value[0]} and ${value[1]}.`, 'Put the lower number first.') : undefined;
}

function dateProblem({ op, value }: DateRule, refuse: Refuse): PolicyProblem | undefined {
  const countsDays = op === 'within_days' || op === 'older_than_days';
  if (countsDays && typeof value !== 'number')
    return refuse(`"${op}" counts days and needs a whole number.`, 'Use a number of days, or "on_or_after" with a date.');
  if (!countsDays && typeof value === 'number') return refuse(`"${op}" needs a date.`, 'Use a date as YYYY-MM-DD, or "within_days" with a number.');
  return undefined;
}

/** A blank value would match every text and no tag, because comparisons ignore spaces at the ends. */
const isBlank = (word: string) => foldText(word) === '';

function wordsProblem({ op, value }: TextRule | TagRule, refuse: Refuse): PolicyProblem | undefined {
  if ((typeof value === 'string' ? [value] : value).some(isBlank)) return refuse('The value is blank.', 'Enter at least one word.');
  const takesMany = op === 'one_of' || op === 'has_any' || op === 'has_all';
  if (takesMany && typeof value === 'string') return refuse(`"${op}" needs a list of words.`, 'Put the word in a list: ["…"].');
  if (!takesMany && typeof value !== 'string')
    return refuse(`"${op}" compares with one text, not a list.`, 'Use one text, or the operator that takes a list.');
  return undefined;
}

function camelotProblem({ op, value }: TagRule, refuse: Refuse): PolicyProblem | undefined {
  const codes = typeof value === 'string' ? [value] : value;
  const invalid = codes.find((code) => !CAMELOT_CODES.includes(code.toUpperCase()));
  if (invalid !== undefined) return refuse(`“${invalid}” is not a Camelot key.`, 'Use 1A to 12A for minor and 1B to 12B for major keys.');
  if (op !== 'has_all' || codes.length < 2) return undefined;
  return refuse('A recording has one key, so it cannot have all of these.', 'Use "has_any".');
}

interface LocatedLeaf {
  readonly leaf: LeafRule;
  readonly path: string;
}

/** The leaves that must all match: those of an "all" and of nested "all"s. */
function gather(rule: Rule, path: string): LocatedLeaf[] {
  if ('field' in rule) return [{ leaf: rule, path }];
  return 'all' in rule ? rule.all.flatMap((part, index) => gather(part, `${path}.all.${index}`)) : [];
}

/** Two leaves on one field that no value can match. A leaf that includes unknown values still matches those, so it is no contradiction. */
function amongTogether(leaves: readonly LocatedLeaf[]): PolicyProblem | undefined {
  for (const [index, later] of leaves.entries()) {
    const earlier = leaves.slice(0, index).find((other) => excludeEachOther(other.leaf, later.leaf));
    if (!earlier) continue;
    return {
      field: later.path,
      message: `No recording can match both “${lowerFirst(describeRule(earlier.leaf))}” and “${lowerFirst(describeRule(later.leaf))}”.`,
      remedy: 'Remove one of the two, or put both in a “Match any” group.',
    };
  }
  return undefined;
}

function excludeEachOther(a: LeafRule, b: LeafRule): boolean {
  if (a.field !== b.field || a.whenUnknown === 'include' || b.whenUnknown === 'include') return false;
  const one = kindOf(a);
  const other = kindOf(b);
  if (one.kind === 'flag' && other.kind === 'flag') return one.leaf.value !== other.leaf.value;
  if (one.kind === 'source' && other.kind === 'source') return one.leaf.value !== other.leaf.value;
  if (one.kind === 'number' && other.kind === 'number') return areDisjoint(numberRange(one.leaf), numberRange(other.leaf));
  if (one.kind === 'date' && other.kind === 'date')
    return areDisjoint(dayRange(one.leaf, ANY_DAY), dayRange(other.leaf, ANY_DAY)) && areSameKind(one.leaf, other.leaf);
  return false;
}

/** Two ages contradict each other on every day or on none, so any day will do; an age and a date are not compared. */
const ANY_DAY = 0;

function areSameKind(a: DateRule, b: DateRule): boolean {
  return (typeof a.value === 'number') === (typeof b.value === 'number');
}

function areDisjoint(a: Range, b: Range): boolean {
  return a.from > b.to || b.from > a.to;
}
