import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, TAG_FIELDS, TEXT_FIELDS } from '#shared/domain/policies/policy-fields.ts';
import type { LeafRule } from '#shared/contracts/policies/policy.ts';
import type { DateField, FlagField, NumberField, TagField, TextField } from '#shared/domain/catalog/leaf-kinds.ts';

export type RuleField = LeafRule['field'];

/** What a field is compared by; the words follow the field's name in a rule: "Energy · is at least · 0.6". */
const OPS = {
  number: { gte: 'is at least', lte: 'is at most', between: 'is between', eq: 'is exactly' },
  date: { within_days: 'lies within the last', older_than_days: 'lies more than', on_or_after: 'is on or after', on_or_before: 'is on or before' },
  flag: { is: 'is' },
  text: { contains: 'contains', equals: 'is', one_of: 'is one of' },
  tag: { has: 'is', has_any: 'is any of', has_all: 'is all of' },
  source: { is: 'is' },
} as const;
export type FieldKind = keyof typeof OPS;

/** The comparisons of a kind of field, with their words. */
export const opWords = (kind: FieldKind): Readonly<Record<string, string>> => OPS[kind];

/** Whether a word is a field of rules, of which kind, and how it may be compared. */
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

/** The fields in the order in which one looks for them. */
export const FIELD_GROUPS: readonly { readonly name: string; readonly fields: readonly RuleField[] }[] = [
  { name: 'Kind of music', fields: ['genre', 'mood'] },
  {
    name: 'Sound',
    fields: ['energy', 'valence', 'danceability', 'tempo', 'acousticness', 'instrumentalness', 'speechiness', 'liveness', 'loudness'],
  },
  { name: 'Key and metre', fields: ['key', 'mode', 'camelot', 'time_signature'] },
  { name: 'Release', fields: ['release_year', 'release_date', 'popularity', 'duration_ms', 'explicit'] },
  { name: 'Words', fields: ['title', 'artist', 'album', 'artist_count'] },
  { name: 'Where it comes from', fields: ['ingested_on', 'has_isrc', 'features_source'] },
];

/** How a number is entered: its sensible range, step, and unit. Values beyond the range may still be typed. */
export interface NumberDomain {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
}

const SHARE: NumberDomain = { min: 0, max: 1, step: 0.01, unit: '' };

export const NUMBER_DOMAINS: Readonly<Record<NumberField, NumberDomain>> = {
  danceability: SHARE,
  energy: SHARE,
  key: { min: 0, max: 11, step: 1, unit: '' },
  loudness: { min: -40, max: 0, step: 0.5, unit: 'dB' },
  mode: { min: 0, max: 1, step: 1, unit: '' },
  speechiness: SHARE,
  acousticness: SHARE,
  instrumentalness: SHARE,
  liveness: SHARE,
  valence: SHARE,
  tempo: { min: 40, max: 220, step: 1, unit: 'bpm' },
  time_signature: { min: 3, max: 7, step: 1, unit: 'beats' },
  popularity: { min: 0, max: 100, step: 1, unit: 'of 100' },
  duration_ms: { min: 30_000, max: 900_000, step: 5_000, unit: 'min' },
  release_year: { min: 1950, max: 2030, step: 1, unit: '' },
  artist_count: { min: 1, max: 12, step: 1, unit: 'artists' },
};

/** Fields whose numbers stand for words. */
export const NUMBER_WORDS: Readonly<Partial<Record<NumberField, readonly string[]>>> = {
  key: ['C', 'C♯ / D♭', 'D', 'D♯ / E♭', 'E', 'F', 'F♯ / G♭', 'G', 'G♯ / A♭', 'A', 'A♯ / B♭', 'B'],
  mode: ['minor', 'major'],
};

/** A sensible first rule on a field: one that keeps something and leaves something out. */
export function newLeaf(field: RuleField): LeafRule {
  return NEW_LEAVES[kindOfField(field)?.kind ?? 'number'](field);
}

const whenUnknown = 'exclude' as const;

const NEW_LEAVES: Readonly<Record<FieldKind, (field: RuleField) => LeafRule>> = {
  number: (field) => newNumberLeaf(field as NumberField),
  date: (field) => ({ field: field as DateField, op: 'within_days', value: 365, whenUnknown }),
  flag: (field) => ({ field: field as FlagField, op: 'is', value: field === 'has_isrc', whenUnknown }),
  text: (field) => ({ field: field as TextField, op: 'contains', value: '', whenUnknown }),
  tag: (field) => ({ field: field as TagField, op: 'has_any', value: [], whenUnknown }),
  source: () => ({ field: 'features_source', op: 'is', value: 'reccobeats', whenUnknown }),
};

function newNumberLeaf(field: NumberField): LeafRule {
  const { min, max, step } = NUMBER_DOMAINS[field];
  if (NUMBER_WORDS[field]) return { field, op: 'eq', value: field === 'mode' ? 1 : 0, whenUnknown };
  if (field === 'time_signature') return { field, op: 'eq', value: 4, whenUnknown };
  if (field === 'release_year') return { field, op: 'between', value: [1980, 1999], whenUnknown };
  const middle = Math.round((min + max) / 2 / step) * step;
  return { field, op: field === 'duration_ms' || field === 'artist_count' ? 'lte' : 'gte', value: Number(middle.toFixed(4)), whenUnknown };
}

/** The same field under another comparison, its value carried over as far as it goes. */
export function withOp(leaf: LeafRule, op: string): LeafRule {
  return { ...leaf, op, value: carried(leaf, op) } as LeafRule;
}

function carried({ field, value }: LeafRule, op: string): unknown {
  const kind = kindOfField(field)?.kind;
  if (kind === 'number') return op === 'between' ? asRange(field as NumberField, value) : asOne(value);
  if (kind === 'date') return op === 'within_days' || op === 'older_than_days' ? asDays(value) : asDate(value);
  if (kind === 'text') return op === 'one_of' ? asWords(value) : asWord(value);
  if (kind === 'tag') return op === 'has' ? asWord(value) : asWords(value);
  return value;
}

const asOne = (value: LeafRule['value']) => (Array.isArray(value) ? value[0] : value);
function asRange(field: NumberField, value: LeafRule['value']): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { max } = NUMBER_DOMAINS[field];
  return [value, typeof value === 'number' ? Math.max(value, max) : max];
}
const asDays = (value: LeafRule['value']) => (typeof value === 'number' ? value : 365);
const asDate = (value: LeafRule['value']) => (typeof value === 'string' ? value : '2020-01-01');
const asWord = (value: LeafRule['value']) => (Array.isArray(value) ? String(value[0] ?? '') : String(value));
const asWords = (value: LeafRule['value']) => (Array.isArray(value) ? value : value === '' ? [] : [value]);
