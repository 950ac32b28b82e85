import type { DateRule, LeafRule, NumberRule, PolicyV1, Preference, Rule, TagRule, TextRule } from '#shared/contracts/policies/policy.ts';
import { CAMELOT_CODES } from '#shared/domain/catalog/camelot.ts';
import { describeRule, lowerFirst } from './describe-policy.ts';
import { kindOf } from '#shared/domain/catalog/leaf-kinds.ts';
import { findClash } from './policy-clashes.ts';
import type { PolicyProblem } from './policy-limits.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { dayRange, numberRange } from './pool-leaves.ts';
import type { Range } from './pool-leaves.ts';

/** The first thing in a well-formed policy that can never hold: a value that does not suit its comparison, or rules that exclude each other. */
export function findContradiction(policy: PolicyV1): PolicyProblem | undefined {
  return (
    inRule(policy.pool, 'pool') ??
    firstOf(policy.mix.map((block, index) => inRule(block.rule, `mix.${index}.rule`))) ??
    firstOf(policy.prefer.map(inPreference)) ??
    findClash(policy)
  );
}

function inPreference(preference: Preference, index: number): PolicyProblem | undefined {
  if (!('has' in preference)) return undefined;
  const { field, has } = preference;
  const refuse = (message: string, remedy: string) => ({ field: `prefer.${index}.has`, message, remedy });
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
    return typeof value === 'number' ? undefined : refuse(`"${op}" compares with one number, not two.`, 'Give one number, or use "between".');
  if (typeof value === 'number') return refuse('"between" needs two numbers.', 'Give [lowest, highest], or use "gte" or "lte".');
  return value[0] > value[1] ? refuse(`No number lies between ${value[0]} and ${value[1]}.`, 'Give the lower number first.') : undefined;
}

function dateProblem({ op, value }: DateRule, refuse: Refuse): PolicyProblem | undefined {
  const countsDays = op === 'within_days' || op === 'older_than_days';
  if (countsDays && typeof value !== 'number')
    return refuse(`"${op}" counts days and needs a whole number.`, 'Give a number of days, or use "on_or_after" with a date.');
  if (!countsDays && typeof value === 'number')
    return refuse(`"${op}" needs a date.`, 'Give a date as YYYY-MM-DD, or use "within_days" with a number.');
  return undefined;
}

/** Recordings are compared without spaces at the ends: nothing but spaces would be in every text, and be no tag. */
const isBlank = (word: string) => foldText(word) === '';

function wordsProblem({ op, value }: TextRule | TagRule, refuse: Refuse): PolicyProblem | undefined {
  if ((typeof value === 'string' ? [value] : value).some(isBlank))
    return refuse('There is nothing but spaces to compare with.', 'Write the word that is meant.');
  const takesMany = op === 'one_of' || op === 'has_any' || op === 'has_all';
  if (takesMany && typeof value === 'string') return refuse(`"${op}" needs a list of words.`, 'Put the word into a list: ["…"].');
  if (!takesMany && typeof value !== 'string')
    return refuse(`"${op}" compares with one text, not a list.`, 'Give one text, or use the comparison that takes a list.');
  return undefined;
}

function camelotProblem({ op, value }: TagRule, refuse: Refuse): PolicyProblem | undefined {
  const codes = typeof value === 'string' ? [value] : value;
  const stranger = codes.find((code) => !CAMELOT_CODES.includes(code.toUpperCase()));
  if (stranger !== undefined)
    return refuse(`“${stranger}” is no place on the Camelot wheel.`, 'Use 1A to 12A for minor and 1B to 12B for major keys.');
  if (op !== 'has_all' || codes.length < 2) return undefined;
  return refuse('A recording has one key: it cannot have all of these.', 'Use "has_any".');
}

interface Placed {
  readonly leaf: LeafRule;
  readonly path: string;
}

/** The leaves that have to hold together: those of an "all" and of the "all"s in it. */
function gather(rule: Rule, path: string): Placed[] {
  if ('field' in rule) return [{ leaf: rule, path }];
  return 'all' in rule ? rule.all.flatMap((part, index) => gather(part, `${path}.all.${index}`)) : [];
}

/** Two leaves on one field that leave no value between them. One that lets unknowns pass still lets those in, so it is no contradiction. */
function amongTogether(leaves: readonly Placed[]): PolicyProblem | undefined {
  for (const [index, later] of leaves.entries()) {
    const earlier = leaves.slice(0, index).find((other) => excludeEachOther(other.leaf, later.leaf));
    if (!earlier) continue;
    return {
      field: later.path,
      message: `Nothing can be both “${lowerFirst(describeRule(earlier.leaf))}” (${earlier.path}) and “${lowerFirst(describeRule(later.leaf))}”.`,
      remedy: 'Drop one of the two, or put both into an "any".',
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
  if (one.kind === 'number' && other.kind === 'number') return areApart(numberRange(one.leaf), numberRange(other.leaf));
  if (one.kind === 'date' && other.kind === 'date')
    return areApart(dayRange(one.leaf, ANY_DAY), dayRange(other.leaf, ANY_DAY)) && mixesNoClock(one.leaf, other.leaf);
  return false;
}

/** Ages contradict each other on every day alike; an age and a date do so only on some. */
const ANY_DAY = 0;

function mixesNoClock(a: DateRule, b: DateRule): boolean {
  return (typeof a.value === 'number') === (typeof b.value === 'number');
}

function areApart(a: Range, b: Range): boolean {
  return a.from > b.to || b.from > a.to;
}
