import type { LeafRule, Rule } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { evaluateLeaf, foldedTextsOf } from './pool-leaves.ts';
import type { FoldedTexts } from './pool-leaves.ts';

export { traceRule } from './pool-trace.ts';

/** The recordings that a policy admits on a day. */
export interface Pool {
  /** Row numbers, ascending. */
  readonly rows: Int32Array;
  /** Number of recordings that are left out only because of an unknown value. */
  readonly unknownExcluded: number;
}

export interface RuleCount {
  /** Path of the rule in the policy: `pool.all.0`. */
  readonly path: string;
  /** Number of recordings that match this rule alone. */
  readonly admits: number;
  /** Number of recordings with an unknown value for this rule. */
  readonly unknown: number;
}

/**
 * Kleene's three-valued logic in two bits per row: bit 1 is set when the rule certainly holds, bit 2 when it may hold. So 3 is true, 0 false and 2
 * unknown; "all" is bitwise and, "any" bitwise or, "not" swaps and flips the bits. One byte per row, four rows per step.
 */
type TruthColumn = Uint8Array;

/** The recordings that the rule admits on the day. Unknown values are not admitted, except by a leaf with `whenUnknown: include`. */
export function evaluatePool(catalog: Catalog, rule: Rule, day: number): Pool {
  const truth = evaluate({ catalog, day, isNegated: false, texts: foldedTextsOf(catalog) }, rule);
  let admitted = 0;
  let unknownExcluded = 0;
  for (let row = 0; row < catalog.size; row++) {
    const value = truth[row] ?? 0;
    admitted += value & 1;
    unknownExcluded += value === 2 ? 1 : 0;
  }
  const rows = new Int32Array(admitted);
  for (let row = 0, next = 0; row < catalog.size; row++) {
    if (((truth[row] ?? 0) & 1) === 1) rows[next++] = row;
  }
  return { rows, unknownExcluded };
}

/** How many recordings each rule of the tree admits alone, groups included, outermost first. */
export function countRules(catalog: Catalog, rule: Rule, day: number): RuleCount[] {
  const counts: RuleCount[] = [];
  evaluate({ catalog, day, isNegated: false, texts: foldedTextsOf(catalog), counts }, rule, 'pool');
  return counts;
}

interface Evaluation {
  readonly catalog: Catalog;
  readonly day: number;
  /** Under an odd number of "not": there, a leaf that includes unknown values counts as false. */
  readonly isNegated: boolean;
  readonly texts: FoldedTexts;
  /** Receives a count of every rule of the tree, outermost first, in one pass that evaluates each leaf once. */
  readonly counts?: RuleCount[];
}

function evaluate(evaluation: Evaluation, rule: Rule, path = ''): TruthColumn {
  const place = evaluation.counts?.push({ path, admits: 0, unknown: 0 }) ?? 0;
  const truth = evaluateParts(evaluation, rule, path);
  if (evaluation.counts) evaluation.counts[place - 1] = { path, ...countOf(evaluation, rule, truth) };
  return truth;
}

/** What the rule admits alone. Evaluates it again under a "not" if it includes unknown values, because negation reverses them. */
function countOf({ catalog, day, isNegated, texts }: Evaluation, rule: Rule, found: TruthColumn): Pick<RuleCount, 'admits' | 'unknown'> {
  const truth = isNegated && includesUnknown(rule) ? evaluate({ catalog, day, isNegated: false, texts }, rule) : found;
  let admits = 0;
  let unknown = 0;
  for (let row = 0; row < catalog.size; row++) {
    const value = truth[row] ?? 0;
    admits += value & 1;
    unknown += value === 2 ? 1 : 0;
  }
  return { admits, unknown };
}

function includesUnknown(rule: Rule): boolean {
  if ('not' in rule) return includesUnknown(rule.not);
  if ('all' in rule) return rule.all.some(includesUnknown);
  return 'any' in rule ? rule.any.some(includesUnknown) : rule.whenUnknown === 'include';
}

function evaluateParts(evaluation: Evaluation, rule: Rule, path: string): TruthColumn {
  if ('not' in rule) return flipped(evaluate({ ...evaluation, isNegated: !evaluation.isNegated }, rule.not, `${path}.not`));
  if ('all' in rule) {
    const truth = blank(evaluation.catalog.size).fill(3);
    for (const [at, part] of rule.all.entries()) intersect(truth, evaluate(evaluation, part, `${path}.all.${at}`));
    return truth;
  }
  if ('any' in rule) {
    const truth = blank(evaluation.catalog.size);
    for (const [at, part] of rule.any.entries()) unite(truth, evaluate(evaluation, part, `${path}.any.${at}`));
    return truth;
  }
  const truth = blank(evaluation.catalog.size);
  evaluateLeaf(evaluation.catalog, rule, {
    day: evaluation.day,
    unknown: whenUnknown(rule, evaluation.isNegated),
    into: truth,
    texts: evaluation.texts,
  });
  return truth;
}

function whenUnknown(leaf: LeafRule, isNegated: boolean): number {
  if (leaf.whenUnknown === 'exclude') return 2;
  return isNegated ? 0 : 3;
}

/** A column for all rows; the length is rounded up so that four rows can be combined at once. */
function blank(rows: number): TruthColumn {
  return new Uint8Array(Math.ceil(rows / 4) * 4);
}

const inFours = (truth: TruthColumn) => new Int32Array(truth.buffer, truth.byteOffset, truth.length / 4);

function intersect(into: TruthColumn, other: TruthColumn): void {
  const a = inFours(into);
  const b = inFours(other);
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) & (b[i] ?? 0);
}

function unite(into: TruthColumn, other: TruthColumn): void {
  const a = inFours(into);
  const b = inFours(other);
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) | (b[i] ?? 0);
}

function flipped(truth: TruthColumn): TruthColumn {
  for (let i = 0; i < truth.length; i++) {
    const value = truth[i] ?? 0;
    truth[i] = (((value & 1) << 1) | (value >> 1)) ^ 3;
  }
  return truth;
}
