import { Plus } from '@phosphor-icons/react/Plus';
import type { Preference } from '#shared/contracts/policies/policy.ts';
import { describePreference, fieldWords } from '#shared/domain/policies/describe-policy.ts';
import { NUMBER_FIELDS, TAG_FIELDS } from '#shared/domain/policies/policy-fields.ts';
import { percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { LengthBox, NumberBox } from '../rules/number-box.tsx';
import { RangeTrack } from '../rules/range-track.tsx';
import { NUMBER_DOMAINS } from '../rules/rule-fields.ts';
import styles from './preferences.module.css';

type Numeric = Extract<Preference, { toward: number }>;

/** What the choice leans toward: each wish with how sharp it is, its weight, and what part of the taste that is. */
export function Preferences() {
  const { policy, edit } = useEditor();
  const total = policy.prefer.reduce((sum, one) => sum + one.weight, 0);
  const set = (at: number, next: Preference) =>
    edit({ ...policy, prefer: policy.prefer.map((one, index) => (index === at ? next : one)) }, `prefer ${at}`);
  const remove = (at: number) => edit({ ...policy, prefer: policy.prefer.filter((_, index) => index !== at) });
  return (
    <>
      {policy.prefer.length === 0 ? <p className={controls['hint']}>Nothing is preferred: what fits is drawn by chance.</p> : null}
      <ul className={styles['list']}>
        {policy.prefer.map((preference, at) => (
          // Wishes have no name but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} data-path={`prefer.${at}`}>
            <PreferenceLine
              preference={preference}
              at={at}
              part={preference.weight / total}
              onChange={(next) => set(at, next)}
              onRemove={() => remove(at)}
            />
          </li>
        ))}
      </ul>
      <Button
        look="quiet"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => edit({ ...policy, prefer: [...policy.prefer, newPreference('energy')] })}
      >
        Add a preference
      </Button>
    </>
  );
}

interface PreferenceLineProps {
  readonly preference: Preference;
  readonly at: number;
  readonly part: number;
  readonly onChange: (next: Preference) => void;
  readonly onRemove: () => void;
}

function PreferenceLine({ preference, at, part, onChange, onRemove }: PreferenceLineProps) {
  const problem = useProblemAt(`prefer.${at}`);
  return (
    <div className={styles['line']} role="group" aria-label={`Leans toward ${describePreference(preference)}`}>
      <div className={styles['what']}>
        <PreferenceField preference={preference} onChange={onChange} />
        <Wanted preference={preference} onChange={onChange} />
      </div>
      <div className={styles['weight']}>
        <span className={controls['unit']}>weight</span>
        <NumberBox
          label="Weight"
          min={0.1}
          max={100}
          step={0.1}
          value={preference.weight}
          onChange={(weight) => onChange({ ...preference, weight })}
        />
        <span className={styles['part']} aria-hidden>
          <span style={{ width: `${part * 100}%` }} />
        </span>
        <span className={controls['unit']}>{percent(part)}</span>
      </div>
      <Button look="quiet" size="small" aria-label={`Remove the preference for ${describePreference(preference)}`} onClick={onRemove}>
        Remove
      </Button>
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </div>
  );
}

function PreferenceField({ preference, onChange }: Pick<PreferenceLineProps, 'preference' | 'onChange'>) {
  return (
    <select
      className={controls['select']}
      aria-label="Leans toward"
      value={preference.field}
      onChange={(event) => onChange({ ...newPreference(event.target.value), weight: preference.weight })}
    >
      {[...NUMBER_FIELDS, ...TAG_FIELDS].map((field) => (
        <option key={field} value={field}>
          {fieldWords(field)}
        </option>
      ))}
      <option value="release_date">Newer releases</option>
    </select>
  );
}

function Wanted({ preference, onChange }: Pick<PreferenceLineProps, 'preference' | 'onChange'>) {
  if ('newest' in preference) return <span className={controls['hint']}>half as new after a year</span>;
  if ('has' in preference) {
    return (
      <input
        type="text"
        className={controls['text']}
        aria-label="Tag"
        list={`known-${preference.field}`}
        maxLength={100}
        value={preference.has}
        onChange={(event) => onChange({ ...preference, has: event.target.value })}
      />
    );
  }
  return <Around preference={preference} onChange={onChange} />;
}

/** A number that is wished for, and how far off one half of the wish is still met; drawn as the curve it is. */
function Around({ preference, onChange }: { readonly preference: Numeric; readonly onChange: (next: Preference) => void }) {
  const { min, max, step, unit } = NUMBER_DOMAINS[preference.field];
  const isLength = preference.field === 'duration_ms';
  const box = (label: string, key: 'toward' | 'spread') => {
    const props = { label, value: preference[key], onChange: (value: number) => onChange({ ...preference, [key]: value }) };
    return isLength ? <LengthBox {...props} /> : <NumberBox {...props} step={step} />;
  };
  return (
    <span className={styles['around']}>
      <span className={controls['unit']}>around</span>
      <span className={styles['curve']}>
        <Curve preference={preference} />
        <RangeTrack
          {...{ min, max, step }}
          filled={[preference.toward, preference.toward]}
          thumbs={[{ name: 'Around, slider', value: preference.toward }]}
          onChange={(_, toward) => onChange({ ...preference, toward })}
        />
      </span>
      {box('Around', 'toward')}
      <span className={styles['spread']}>
        <span className={controls['unit']}>give or take</span>
        {box('Give or take', 'spread')}
        {unit ? <span className={controls['unit']}>{unit}</span> : null}
      </span>
    </span>
  );
}

const CURVE = { width: 120, height: 22, steps: 40 };

/** Closeness is 1 at the wanted value and one half a spread away. */
function Curve({ preference }: { readonly preference: Numeric }) {
  const { min, max } = NUMBER_DOMAINS[preference.field];
  const points = Array.from({ length: CURVE.steps + 1 }, (_, at) => {
    const value = min + ((max - min) * at) / CURVE.steps;
    const away = (value - preference.toward) / Math.max(preference.spread, (max - min) / 1_000);
    const closeness = 1 / (1 + away * away);
    return `${at === 0 ? 'M' : 'L'}${(at / CURVE.steps) * CURVE.width} ${Math.round((CURVE.height - 1 - closeness * (CURVE.height - 3)) * 10) / 10}`;
  });
  return (
    <svg viewBox={`0 0 ${CURVE.width} ${CURVE.height}`} preserveAspectRatio="none" aria-hidden>
      <path d={points.join('')} />
    </svg>
  );
}

function newPreference(field: string): Preference {
  const tag = TAG_FIELDS.find((one) => one === field);
  if (tag) return { field: tag, has: '', weight: 1 };
  if (field === 'release_date') return { field, newest: true, weight: 1 };
  const number = NUMBER_FIELDS.find((one) => one === field) ?? 'energy';
  const { min, max, step } = NUMBER_DOMAINS[number];
  const onStep = (value: number) => Number((Math.round(value / step) * step).toFixed(4));
  return { field: number, toward: onStep((min + max) / 2), spread: Math.max(step, onStep((max - min) / 5)), weight: 1 };
}
