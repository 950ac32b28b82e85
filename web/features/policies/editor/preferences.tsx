import { Plus } from '@phosphor-icons/react/Plus';
import type { Preference } from '#shared/contracts/policies/policy.ts';
import { describePreference, fieldLabel } from '#shared/domain/policies/describe-policy.ts';
import { NUMBER_FIELDS, TAG_FIELDS } from '#shared/domain/catalog/fields.ts';
import { percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { LengthInput, NumberInput } from '../rules/number-input.tsx';
import { RangeSlider } from '../rules/range-slider.tsx';
import { NUMBER_DOMAINS } from '../rules/rule-fields.ts';
import styles from './preferences.module.css';

type Numeric = Extract<Preference, { toward: number }>;

/** The preferences: for each its target and spread, its weight, and its share of the total weight. */
export function Preferences() {
  const { policy, edit } = useEditor();
  const total = policy.prefer.reduce((sum, one) => sum + one.weight, 0);
  const set = (at: number, next: Preference) =>
    edit({ ...policy, prefer: policy.prefer.map((one, index) => (index === at ? next : one)) }, `prefer ${at}`);
  const remove = (at: number) => edit({ ...policy, prefer: policy.prefer.filter((_, index) => index !== at) });
  return (
    <>
      {policy.prefer.length === 0 ? <p className={controls['hint']}>No preferences: tracks are drawn from the pool at random.</p> : null}
      <ul className={styles['list']}>
        {policy.prefer.map((preference, at) => (
          // A preference has no id; its position identifies it.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} data-path={`prefer.${at}`}>
            <PreferenceLine
              preference={preference}
              at={at}
              share={preference.weight / total}
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
        Add preference
      </Button>
    </>
  );
}

interface PreferenceLineProps {
  readonly preference: Preference;
  readonly at: number;
  readonly share: number;
  readonly onChange: (next: Preference) => void;
  readonly onRemove: () => void;
}

function PreferenceLine({ preference, at, share, onChange, onRemove }: PreferenceLineProps) {
  const problem = useProblemAt(`prefer.${at}`);
  return (
    <div className={styles['line']} role="group" aria-label={`Preference: ${describePreference(preference)}`}>
      <div className={styles['what']}>
        <PreferenceField preference={preference} onChange={onChange} />
        <PreferenceValue preference={preference} onChange={onChange} />
      </div>
      <div className={styles['weight']}>
        <span className={controls['unit']}>weight</span>
        <NumberInput
          label="Weight"
          min={0.1}
          max={100}
          step={0.1}
          value={preference.weight}
          onChange={(weight) => onChange({ ...preference, weight })}
        />
        <span className={styles['share']} aria-hidden>
          <span style={{ width: `${share * 100}%` }} />
        </span>
        <span className={controls['unit']}>{percent(share)}</span>
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
      aria-label="Preferred field"
      value={preference.field}
      onChange={(event) => onChange({ ...newPreference(event.target.value), weight: preference.weight })}
    >
      {[...NUMBER_FIELDS, ...TAG_FIELDS].map((field) => (
        <option key={field} value={field}>
          {fieldLabel(field)}
        </option>
      ))}
      <option value="release_date">Newer releases</option>
    </select>
  );
}

function PreferenceValue({ preference, onChange }: Pick<PreferenceLineProps, 'preference' | 'onChange'>) {
  if ('newest' in preference) return <span className={controls['hint']}>score halves after one year</span>;
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
  return <TargetAndSpread preference={preference} onChange={onChange} />;
}

/** A target and the spread at which the score is one half, with the score drawn as a curve. */
function TargetAndSpread({ preference, onChange }: { readonly preference: Numeric; readonly onChange: (next: Preference) => void }) {
  const { min, max, step, unit } = NUMBER_DOMAINS[preference.field];
  const isLength = preference.field === 'duration_ms';
  const box = (label: string, key: 'toward' | 'spread') => {
    const props = { label, value: preference[key], onChange: (value: number) => onChange({ ...preference, [key]: value }) };
    return isLength ? <LengthInput {...props} /> : <NumberInput {...props} step={step} />;
  };
  return (
    <span className={styles['target']}>
      <span className={controls['unit']}>target</span>
      <span className={styles['curve']}>
        <Curve preference={preference} />
        <RangeSlider
          {...{ min, max, step }}
          filled={[preference.toward, preference.toward]}
          thumbs={[{ name: 'Target, slider', value: preference.toward }]}
          onChange={(_, toward) => onChange({ ...preference, toward })}
        />
      </span>
      {box('Target', 'toward')}
      <span className={styles['spread']}>
        <span className={controls['unit']}>spread</span>
        {box('Spread', 'spread')}
        {unit ? <span className={controls['unit']}>{unit}</span> : null}
      </span>
    </span>
  );
}

const CURVE = { width: 120, height: 22, steps: 40 };

/** The score: 1 at the target, one half at one spread from it. */
function Curve({ preference }: { readonly preference: Numeric }) {
  const { min, max } = NUMBER_DOMAINS[preference.field];
  const points = Array.from({ length: CURVE.steps + 1 }, (_, at) => {
    const value = min + ((max - min) * at) / CURVE.steps;
    const distance = (value - preference.toward) / Math.max(preference.spread, (max - min) / 1_000);
    const score = 1 / (1 + distance * distance);
    return `${at === 0 ? 'M' : 'L'}${(at / CURVE.steps) * CURVE.width} ${Math.round((CURVE.height - 1 - score * (CURVE.height - 3)) * 10) / 10}`;
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
