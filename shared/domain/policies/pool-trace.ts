import type { LeafRule, Rule, TagRule, TextRule } from '#shared/contracts/policies/policy.ts';
import { PROVENANCES } from '#shared/vocabulary.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { artistsOf, EITHER_FLAG, UNKNOWN_DAY, UNKNOWN_FLAG, UNKNOWN_SOURCE } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { describeRule, fieldLabel, formatFieldValue } from './describe-policy.ts';
import { kindOf } from './leaf-kinds.ts';
import type { TagField, TextFieldName } from '#shared/domain/catalog/fields.ts';
import { dayRange, numberRange, tagTest } from './pool-leaves.ts';
import type { Range } from './pool-leaves.ts';
import { foldText, matchesText } from '#shared/domain/catalog/text-match.ts';

/** The result of one rule for one recording. `holds` is null where the value is unknown. */
export interface TraceStep {
  readonly path: string;
  readonly rule: string;
  readonly holds: boolean | null;
  readonly detail: string;
}

interface RecordingOnDay {
  readonly catalog: Catalog;
  readonly row: number;
  readonly day: number;
}

/** Evaluates every leaf of the rule for one recording, with the value found, in the order of the tree. */
export function traceRule(recording: RecordingOnDay, rule: Rule, path = 'pool'): TraceStep[] {
  if ('not' in rule) {
    const inner = rule.not;
    // A negated leaf is one step; negated groups show their parts without the negation.
    if (!('field' in inner)) return traceRule(recording, inner, `${path}.not`);
    const { holds, detail } = evaluateLeafOf(recording, inner);
    return [{ path, rule: describeRule(rule), holds: holds === null ? null : !holds, detail: detail() }];
  }
  if ('all' in rule) return rule.all.flatMap((part, index) => traceRule(recording, part, `${path}.all.${index}`));
  if ('any' in rule) return rule.any.flatMap((part, index) => traceRule(recording, part, `${path}.any.${index}`));
  const { holds, detail } = evaluateLeafOf(recording, rule);
  return [{ path, rule: describeRule(rule), holds, detail: detail() }];
}

/** Whether the rule holds for one recording; null where that depends on an unknown value. Does not apply `whenUnknown`. */
export function holdsFor(recording: RecordingOnDay, rule: Rule): boolean | null {
  if ('not' in rule) {
    const inner = holdsFor(recording, rule.not);
    return inner === null ? null : !inner;
  }
  if ('field' in rule) return evaluateLeafOf(recording, rule).holds;
  const isAll = 'all' in rule;
  const parts = (isAll ? rule.all : rule.any).map((part) => holdsFor(recording, part));
  if (parts.includes(!isAll)) return !isAll;
  return parts.includes(null) ? null : isAll;
}

interface LeafResult {
  readonly holds: boolean | null;
  /** A function, because most callers never read it. */
  readonly detail: () => string;
}

function evaluateLeafOf(recording: RecordingOnDay, rule: LeafRule): LeafResult {
  const { catalog, row, day } = recording;
  const { kind, leaf } = kindOf(rule);
  const name = fieldLabel(leaf.field, { isShort: true });
  if (kind === 'number') {
    const value = catalog.numbers[leaf.field][row] ?? Number.NaN;
    return Number.isNaN(value) ? unknown(leaf) : within(value, numberRange(leaf), () => `${name} is ${formatFieldValue(leaf.field, value)}.`);
  }
  if (kind === 'date') {
    const value = catalog.days[leaf.field][row] ?? UNKNOWN_DAY;
    return value === UNKNOWN_DAY ? unknown(leaf) : within(value, dayRange(leaf, day), () => `${name} is ${dayText(value)}.`);
  }
  if (kind === 'flag') {
    const value = catalog.flags[leaf.field][row] ?? UNKNOWN_FLAG;
    if (value === EITHER_FLAG) return { holds: true, detail: () => `${name}: yes, and there is a clean version.` };
    return value === UNKNOWN_FLAG ? unknown(leaf) : { holds: value === Number(leaf.value), detail: () => `${name}: ${value === 1 ? 'yes' : 'no'}.` };
  }
  if (kind === 'source') {
    const source = PROVENANCES[catalog.featuresSource[row] ?? UNKNOWN_SOURCE];
    if (source === undefined) return unknown(leaf);
    return { holds: source === leaf.value, detail: () => `${name} is ${source}.` };
  }
  return kind === 'tag' ? evaluateTag(recording, leaf) : evaluateText(recording, leaf);
}

function within(value: number, { from, to }: Range, detail: () => string): LeafResult {
  return { holds: value >= from && value <= to, detail };
}

function evaluateTag({ catalog, row }: RecordingOnDay, leaf: TagRule): LeafResult {
  const { offsets, values } = catalog.tags[leaf.field];
  const numbers = values.subarray(offsets[row], offsets[row + 1]);
  if (numbers.length === 0) return unknown(leaf);
  const { wanted, needed } = tagTest(catalog, leaf);
  const matches = numbers.filter((number) => wanted.has(number)).length;
  return {
    holds: matches >= needed,
    detail: () => `${fieldLabel(leaf.field, { isShort: true })} is ${tagNames(catalog, leaf.field, numbers).join(', ')}.`,
  };
}

/** The names of tag numbers. Searches the whole vocabulary, so use it for single recordings only. */
export function tagNames(catalog: Catalog, kind: TagField, numbers: Int32Array): string[] {
  const wanted = new Set(numbers);
  return [...catalog.tagNumbers[kind]].flatMap(([word, number]) => (wanted.has(number) ? [kind === 'camelot' ? word.toUpperCase() : word] : []));
}

function evaluateText({ catalog, row }: RecordingOnDay, leaf: TextRule): LeafResult {
  const texts = textsOf(catalog, row, leaf.field);
  const known = texts.filter((text) => text !== '');
  const matches = matchesText(leaf);
  if (known.some((text) => matches(foldText(text))))
    return { holds: true, detail: () => `${fieldLabel(leaf.field, { isShort: true })} is ${known.join(', ')}.` };
  if (known.length < texts.length || texts.length === 0) return unknown(leaf);
  return { holds: false, detail: () => `${fieldLabel(leaf.field, { isShort: true })} is ${known.join(', ')}.` };
}

function textsOf(catalog: Catalog, row: number, field: TextFieldName): string[] {
  if (field === 'title') return [catalog.titles?.[row] ?? ''];
  if (field === 'album') return [catalog.albumNames?.[catalog.albums[row] ?? 0] ?? ''];
  return [...artistsOf(catalog, row)].map((artist) => catalog.artistNames[artist] ?? '');
}

function unknown(leaf: LeafRule): LeafResult {
  const outcome = leaf.whenUnknown === 'include' ? 'the rule includes unknown values' : 'the rule leaves out unknown values';
  return { holds: null, detail: () => `${fieldLabel(leaf.field, { isShort: true })} is unknown; ${outcome}.` };
}
