import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, TAG_FIELDS, TEXT_FIELDS } from '#shared/domain/catalog/fields.ts';
import type { LeafRule } from '#shared/contracts/policies/policy.ts';
import type { DateField, FlagField, NumberField, TagField, TextFieldName } from '#shared/domain/catalog/fields.ts';

export type RuleField = LeafRule['field'];

/** Operators by kind of field; their labels follow the field's name in a rule: "Energy · is at least · 0.6". */
const OPS = {
  number: { gte: 'is at least', lte: 'is at most', between: 'is between', eq: 'is exactly' },
  date: { within_days: 'is in the last', older_than_days: 'is more than', on_or_after: 'is on or after', on_or_before: 'is on or before' },
  flag: { is: 'is' },
  text: { contains: 'contains', equals: 'is', one_of: 'is one of' },
  tag: { has: 'is', has_any: 'is any of', has_all: 'is all of' },
  source: { is: 'is' },
} as const;
export type FieldKind = keyof typeof OPS;

/** The operators of a kind of field, with their labels. */
export const operatorLabels = (kind: FieldKind): Readonly<Record<string, string>> => OPS[kind];

/** The kind and the operators of a field, or undefined if rules know no such field. */
export function kindOfField(field: string): { readonly kind: FieldKind; readonly ops: readonly string[] } | undefined {
  const kind = (Object.keys(FIELDS) as FieldKind[]).find((one) => FIELDS[one].includes(field));
  return kind && { kind, ops: Object.keys(OPS[kind]) };
}

const FIELDS: Readonly<Record<FieldKind, readonly string[]>> = {
  number: NUMBER_FIELDS,
  date: DATE_FIELDS,
  flag: FLAG_FIELDS,
  text: TEXT_FIELDS,
  tag: TAG_FIELDS,
  source: ['features_source'],
};

/** The fields as the field menu groups them. */
export const FIELD_GROUPS: readonly { readonly name: string; readonly fields: readonly RuleField[] }[] = [
  { name: 'Genre and mood', fields: ['genre', 'mood'] },
  {
    name: 'Audio features',
    fields: ['energy', 'valence', 'danceability', 'tempo', 'acousticness', 'instrumentalness', 'speechiness', 'liveness', 'loudness'],
  },
  { name: 'Key and meter', fields: ['key', 'mode', 'camelot', 'time_signature'] },
  { name: 'Release', fields: ['release_year', 'release_date', 'popularity', 'duration_ms', 'explicit'] },
  { name: 'Title and names', fields: ['title', 'artist', 'album', 'artist_count'] },
  { name: 'Source', fields: ['ingested_on', 'has_isrc', 'features_source'] },
];

/** Range, step and unit of a number's slider. Values outside the range can still be typed. */
export interface NumberDomain {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
}

const UNIT_INTERVAL: NumberDomain = { min: 0, max: 1, step: 0.01, unit: '' };

export const NUMBER_DOMAINS: Readonly<Record<NumberField, NumberDomain>> = {
  danceability: UNIT_INTERVAL,
  energy: UNIT_INTERVAL,
  key: { min: 0, max: 11, step: 1, unit: '' },
  loudness: { min: -40, max: 0, step: 0.5, unit: 'dB' },
  mode: { min: 0, max: 1, step: 1, unit: '' },
  speechiness: UNIT_INTERVAL,
  acousticness: UNIT_INTERVAL,
  instrumentalness: UNIT_INTERVAL,
  liveness: UNIT_INTERVAL,
  valence: UNIT_INTERVAL,
  tempo: { min: 40, max: 220, step: 1, unit: 'BPM' },
  time_signature: { min: 3, max: 7, step: 1, unit: 'beats' },
  popularity: { min: 0, max: 100, step: 1, unit: 'of 100' },
  duration_ms: { min: 30_000, max: 900_000, step: 5_000, unit: 'min' },
  release_year: { min: 1950, max: 2030, step: 1, unit: '' },
  artist_count: { min: 1, max: 12, step: 1, unit: 'artists' },
};

/** Number fields whose values have names. */
export const NUMBER_VALUE_NAMES: Readonly<Partial<Record<NumberField, readonly string[]>>> = {
  key: ['C', 'C♯ / D♭', 'D', 'D♯ / E♭', 'E', 'F', 'F♯ / G♭', 'G', 'G♯ / A♭', 'A', 'A♯ / B♭', 'B'],
  mode: ['minor', 'major'],
};

/** The default rule for a field: one that admits some recordings and excludes others. */
export function defaultLeaf(field: RuleField): LeafRule {
  return NEW_LEAVES[kindOfField(field)?.kind ?? 'number'](field);
}

const whenUnknown = 'exclude' as const;

const NEW_LEAVES: Readonly<Record<FieldKind, (field: RuleField) => LeafRule>> = {
  number: (field) => newNumberLeaf(field as NumberField),
  date: (field) => ({ field: field as DateField, op: 'within_days', value: 365, whenUnknown }),
  flag: (field) => ({ field: field as FlagField, op: 'is', value: field === 'has_isrc', whenUnknown }),
  text: (field) => ({ field: field as TextFieldName, op: 'contains', value: '', whenUnknown }),
  tag: (field) => ({ field: field as TagField, op: 'has_any', value: [], whenUnknown }),
  source: () => ({ field: 'features_source', op: 'is', value: 'reccobeats', whenUnknown }),
};

function newNumberLeaf(field: NumberField): LeafRule {
  const { min, max, step } = NUMBER_DOMAINS[field];
  if (NUMBER_VALUE_NAMES[field]) return { field, op: 'eq', value: field === 'mode' ? 1 : 0, whenUnknown };
  if (field === 'time_signature') return { field, op: 'eq', value: 4, whenUnknown };
  if (field === 'release_year') return { field, op: 'between', value: [1980, 1999], whenUnknown };
  const middle = Math.round((min + max) / 2 / step) * step;
  return { field, op: field === 'duration_ms' || field === 'artist_count' ? 'lte' : 'gte', value: Number(middle.toFixed(4)), whenUnknown };
}

/** The rule with another operator; its value is converted where possible. */
export function withOperator(leaf: LeafRule, op: string): LeafRule {
  return { ...leaf, op, value: convertValue(leaf, op) } as LeafRule;
}

function convertValue({ field, value }: LeafRule, op: string): unknown {
  const kind = kindOfField(field)?.kind;
  if (kind === 'number') return op === 'between' ? toRange(field as NumberField, value) : toNumber(value);
  if (kind === 'date') return op === 'within_days' || op === 'older_than_days' ? toDays(value) : toDate(value);
  if (kind === 'text') return op === 'one_of' ? toTexts(value) : toText(value);
  if (kind === 'tag') return op === 'has' ? toText(value) : toTexts(value);
  return value;
}

const toNumber = (value: LeafRule['value']) => (Array.isArray(value) ? value[0] : value);
function toRange(field: NumberField, value: LeafRule['value']): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { max } = NUMBER_DOMAINS[field];
  return [value, typeof value === 'number' ? Math.max(value, max) : max];
}
const toDays = (value: LeafRule['value']) => (typeof value === 'number' ? value : 365);
const toDate = (value: LeafRule['value']) => (typeof value === 'string' ? value : '2020-01-01');
const toText = (value: LeafRule['value']) => (Array.isArray(value) ? String(value[0] ?? '') : String(value));
const toTexts = (value: LeafRule['value']) => (Array.isArray(value) ? value : value === '' ? [] : [value]);
