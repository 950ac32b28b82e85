import type { LeafRule } from '#shared/contracts/policies/policy.ts';
import { formatFieldValue } from '#shared/domain/policies/describe-policy.ts';
import { kindOf } from '#shared/domain/policies/leaf-kinds.ts';
import { PROVENANCES } from '#shared/vocabulary.ts';
import { LengthInput, NumberInput } from './number-input.tsx';
import { RangeSlider } from './range-slider.tsx';
import { NUMBER_DOMAINS, NUMBER_VALUE_NAMES } from './rule-fields.ts';
import styles from '../editor/controls.module.css';
import { WordsInput } from './words-input.tsx';

interface LeafValueProps<L extends LeafRule = LeafRule> {
  readonly leaf: L;
  readonly onChange: (leaf: LeafRule) => void;
}

/** The input for a rule's value, by kind of field. */
export function LeafValue({ leaf, onChange }: LeafValueProps) {
  const known = kindOf(leaf);
  if (known.kind === 'number') return <NumberValue leaf={known.leaf} onChange={onChange} />;
  if (known.kind === 'date') return <DateValue leaf={known.leaf} onChange={onChange} />;
  if (known.kind === 'flag') return <FlagValue leaf={known.leaf} onChange={onChange} />;
  if (known.kind === 'source') return <SourceValue leaf={known.leaf} onChange={onChange} />;
  return <WordsValue leaf={known.leaf} onChange={onChange} />;
}

type Known<K extends ReturnType<typeof kindOf>['kind']> = Extract<ReturnType<typeof kindOf>, { kind: K }>['leaf'];

function NumberValue({ leaf, onChange }: LeafValueProps<Known<'number'>>) {
  const { field, op, value } = leaf;
  const { min, max, step, unit } = NUMBER_DOMAINS[field];
  const words = NUMBER_VALUE_NAMES[field];
  const values = typeof value === 'number' ? [value] : value;
  const names = values.length === 2 ? ['Lowest', 'Highest'] : ['Value'];
  const set = (at: number, next: number) => {
    if (typeof value === 'number') onChange({ ...leaf, value: next });
    else onChange({ ...leaf, value: at === 0 ? [next, value[1]] : [value[0], next] });
  };
  if (words) return <NamedNumbers values={values} words={words} names={names} onChange={set} />;
  const box = (at: number) => {
    const props = { label: names[at] ?? 'Value', value: values[at] ?? min, onChange: (next: number) => set(at, next) };
    return field === 'duration_ms' ? <LengthInput {...props} /> : <NumberInput {...props} step={step} />;
  };
  const [first = min, second = max] = values;
  const filled = { gte: [first, max], lte: [min, first], eq: [first, first], between: [first, second] }[op] as [number, number];
  return (
    <span className={styles['measured']}>
      {values.length === 2 ? box(0) : null}
      <RangeSlider
        {...{ min, max, step, filled }}
        thumbs={values.map((one, at) => ({ name: `${names[at] ?? ''}, slider`, value: one, valueText: formatFieldValue(field, one) }))}
        onChange={set}
      />
      {box(values.length === 2 ? 1 : 0)}
      {unit ? <span className={styles['unit']}>{unit}</span> : null}
    </span>
  );
}

interface NamedNumbersProps {
  readonly values: readonly number[];
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly onChange: (at: number, value: number) => void;
}

/** Selects for numbers with names: keys and modes. */
function NamedNumbers({ values, words, names, onChange }: NamedNumbersProps) {
  return values.map((value, at) => (
    <select
      key={names[at]}
      className={styles['select']}
      aria-label={names[at]}
      value={value}
      onChange={(event) => onChange(at, Number(event.target.value))}
    >
      {words.map((word, number) => (
        <option key={word} value={number}>
          {word}
        </option>
      ))}
    </select>
  ));
}

const DAYS_MAX = 36_500;

function DateValue({ leaf, onChange }: LeafValueProps<Known<'date'>>) {
  if (typeof leaf.value === 'string') {
    return (
      <input
        type="date"
        className={styles['text']}
        aria-label="Day"
        value={leaf.value}
        onChange={(event) => (event.target.value === '' ? undefined : onChange({ ...leaf, value: event.target.value }))}
      />
    );
  }
  return (
    <span className={styles['inline']}>
      <NumberInput label="Days" min={1} max={DAYS_MAX} step={1} value={leaf.value} onChange={(value) => onChange({ ...leaf, value })} />
      <span className={styles['unit']}>{leaf.op === 'older_than_days' ? 'days ago' : 'days'}</span>
    </span>
  );
}

const FLAG_WORDS = { explicit: ['no', 'yes'], has_isrc: ['missing', 'present'] } as const;

function FlagValue({ leaf, onChange }: LeafValueProps<Known<'flag'>>) {
  return (
    <select
      className={styles['select']}
      aria-label="Value"
      value={String(leaf.value)}
      onChange={(event) => onChange({ ...leaf, value: event.target.value === 'true' })}
    >
      <option value="false">{FLAG_WORDS[leaf.field][0]}</option>
      <option value="true">{FLAG_WORDS[leaf.field][1]}</option>
    </select>
  );
}

const SOURCE_NAMES = {
  spotify: 'Spotify',
  reccobeats: 'ReccoBeats',
  musicbrainz: 'MusicBrainz',
  lastfm: 'Last.fm',
  user: 'manual entry',
  derived: 'calculated by Segue',
} as const;

function SourceValue({ leaf, onChange }: LeafValueProps<Known<'source'>>) {
  return (
    <select
      className={styles['select']}
      aria-label="Source"
      value={leaf.value}
      onChange={(event) => onChange({ ...leaf, value: PROVENANCES.find((one) => one === event.target.value) ?? leaf.value })}
    >
      {PROVENANCES.map((source) => (
        <option key={source} value={source}>
          {SOURCE_NAMES[source]}
        </option>
      ))}
    </select>
  );
}

function WordsValue({ leaf, onChange }: LeafValueProps<Known<'text'> | Known<'tag'>>) {
  const { value } = leaf;
  if (typeof value !== 'string') {
    return <WordsInput label="Values" kind={leaf.field} words={value} onChange={(words) => onChange({ ...leaf, value: [...words] })} />;
  }
  const isTag = leaf.op === 'has';
  return (
    <input
      type="text"
      className={styles['text']}
      aria-label={isTag ? 'Tag' : 'Text'}
      list={isTag ? `known-${leaf.field}` : undefined}
      maxLength={isTag ? 100 : 200}
      value={value}
      onChange={(event) => onChange({ ...leaf, value: event.target.value })}
    />
  );
}
