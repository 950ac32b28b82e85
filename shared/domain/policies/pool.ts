import type { LeafRule, Rule } from '#shared/contracts/policies/policy.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { evaluateLeaf } from './pool-leaves.ts';

export { traceRule } from './pool-trace.ts';

/** What a policy admits on a day. */
export interface Pool {
  /** Row numbers, ascending. */
  readonly rows: Int32Array;
  /** Recordings that would be admitted if only more were known of them. */
  readonly unknownExcluded: number;
}

export interface RuleCount {
  /** Where the rule stands in the policy: `pool.all.0`. */
  readonly path: string;
  /** Recordings for which this rule, taken alone, holds. */
  readonly admits: number;
  /** Recordings of which this rule's value is not known. */
  readonly unknown: number;
}

/**
 * A verdict is two bits a row: 1 it holds for certain, 2 it may hold. So 3 is true, 0 is false and 2 is unknown; then "all" is bitwise and,
 * "any" bitwise or, and "not" swaps and flips the bits: Kleene's three-valued logic, a byte a row, four rows a step.
 */
type Verdicts = Uint8Array;

/** The recordings that the rule admits on the day. Unknown is not admitted, except where a leaf says `whenUnknown: include`. */
export function evaluatePool(catalogue: Catalogue, rule: Rule, day: number): Pool {
  const verdicts = evaluate({ catalogue, day, isNegated: false }, rule);
  let admitted = 0;
  let unknownExcluded = 0;
  for (let row = 0; row < catalogue.size; row++) {
    const verdict = verdicts[row] ?? 0;
    admitted += verdict & 1;
    unknownExcluded += verdict === 2 ? 1 : 0;
  }
  const rows = new Int32Array(admitted);
  for (let row = 0, next = 0; row < catalogue.size; row++) {
    if (((verdicts[row] ?? 0) & 1) === 1) rows[next++] = row;
  }
  return { rows, unknownExcluded };
}

/** How many recordings each rule of the tree admits by itself, groups included, outermost first. */
export function countRules(catalogue: Catalogue, rule: Rule, day: number): RuleCount[] {
  const counts: RuleCount[] = [];
  evaluate({ catalogue, day, isNegated: false, counts }, rule, 'pool');
  return counts;
}

interface Asked {
  readonly catalogue: Catalogue;
  readonly day: number;
  /** Under an odd number of "not": there, including the unknown means that the leaf must count as false. */
  readonly isNegated: boolean;
  /** Every rule of the tree is counted into it, outermost first, in one walk: each leaf is looked at once. */
  readonly counts?: RuleCount[];
}

function evaluate(asked: Asked, rule: Rule, path = ''): Verdicts {
  const place = asked.counts?.push({ path, admits: 0, unknown: 0 }) ?? 0;
  const verdicts = evaluateParts(asked, rule, path);
  if (asked.counts) asked.counts[place - 1] = { path, ...countOf(asked, rule, verdicts) };
  return verdicts;
}

/** What the rule would admit by itself: as found, except under a "not" where unknowns that pass would pass the other way round. */
function countOf({ catalogue, day, isNegated }: Asked, rule: Rule, found: Verdicts): Pick<RuleCount, 'admits' | 'unknown'> {
  const verdicts = isNegated && letsUnknownsPass(rule) ? evaluate({ catalogue, day, isNegated: false }, rule) : found;
  let admits = 0;
  let unknown = 0;
  for (let row = 0; row < catalogue.size; row++) {
    const verdict = verdicts[row] ?? 0;
    admits += verdict & 1;
    unknown += verdict === 2 ? 1 : 0;
  }
  return { admits, unknown };
}

function letsUnknownsPass(rule: Rule): boolean {
  if ('not' in rule) return letsUnknownsPass(rule.not);
  if ('all' in rule) return rule.all.some(letsUnknownsPass);
  return 'any' in rule ? rule.any.some(letsUnknownsPass) : rule.whenUnknown === 'include';
}

function evaluateParts(asked: Asked, rule: Rule, path: string): Verdicts {
  if ('not' in rule) return flipped(evaluate({ ...asked, isNegated: !asked.isNegated }, rule.not, `${path}.not`));
  if ('all' in rule) {
    const verdicts = blank(asked.catalogue.size).fill(3);
    for (const [at, part] of rule.all.entries()) intersect(verdicts, evaluate(asked, part, `${path}.all.${at}`));
    return verdicts;
  }
  if ('any' in rule) {
    const verdicts = blank(asked.catalogue.size);
    for (const [at, part] of rule.any.entries()) unite(verdicts, evaluate(asked, part, `${path}.any.${at}`));
    return verdicts;
  }
  const verdicts = blank(asked.catalogue.size);
  evaluateLeaf(asked.catalogue, rule, { day: asked.day, unknown: whenUnknown(rule, asked.isNegated), into: verdicts });
  return verdicts;
}

function whenUnknown(leaf: LeafRule, isNegated: boolean): number {
  if (leaf.whenUnknown === 'exclude') return 2;
  return isNegated ? 0 : 3;
}

/** Verdicts for all rows; the length is rounded up so that four can be combined at once. */
function blank(rows: number): Verdicts {
  return new Uint8Array(Math.ceil(rows / 4) * 4);
}

const inFours = (verdicts: Verdicts) => new Int32Array(verdicts.buffer, verdicts.byteOffset, verdicts.length / 4);

function intersect(into: Verdicts, other: Verdicts): void {
  const a = inFours(into);
  const b = inFours(other);
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) & (b[i] ?? 0);
}

function unite(into: Verdicts, other: Verdicts): void {
  const a = inFours(into);
  const b = inFours(other);
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) | (b[i] ?? 0);
}

function flipped(verdicts: Verdicts): Verdicts {
  for (let i = 0; i < verdicts.length; i++) {
    const verdict = verdicts[i] ?? 0;
    verdicts[i] = (((verdict & 1) << 1) | (verdict >> 1)) ^ 3;
  }
  return verdicts;
}
