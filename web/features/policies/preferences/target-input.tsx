import type { Preference } from '#shared/contracts/policies/policy.ts';
import controls from '../editor/controls.module.css';
import { LengthInput, NumberInput } from '../rules/number-input.tsx';
import { RangeSlider } from '../rules/range-slider.tsx';
import { NUMBER_DOMAINS } from '../rules/rule-fields.ts';
import styles from './preferences.module.css';

type Numeric = Extract<Preference, { toward: number }>;

/** What a preference applies to: each track by its score, the list as a whole, or the one track of a role. */
export type PreferenceUse = 'track' | 'list' | 'role';

interface TargetInputProps {
  readonly preference: Numeric;
  readonly use: PreferenceUse;
  readonly onChange: (next: Preference) => void;
}

/** A target and its spread, drawn as a curve: the score of a track, or the distribution of a list that is chosen as a whole. */
export function TargetInput({ preference, use, onChange }: TargetInputProps) {
  const { min, max, step, unit } = NUMBER_DOMAINS[preference.field];
  const isLength = preference.field === 'duration_ms';
  const box = (label: string, key: 'toward' | 'spread') => {
    const props = { label, value: preference[key], onChange: (value: number) => onChange({ ...preference, [key]: value }) };
    return isLength ? <LengthInput {...props} /> : <NumberInput {...props} step={step} />;
  };
  return (
    <span className={styles['target']}>
      <span className={controls['unit']}>{use === 'list' ? 'mean' : 'target'}</span>
      <span className={styles['curve']}>
        <Curve preference={preference} heightAt={use === 'list' ? normalHeight : scoreAt} />
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

/** The score of a track, by its distance in spreads: 1 at the target, one half at one spread from it. */
const scoreAt = (distance: number) => 1 / (1 + distance * distance);

/** The height of a normal distribution by the distance from its mean in standard deviations; 1 at the mean. */
const normalHeight = (distance: number) => Math.exp(-(distance * distance) / 2);

function Curve({ preference, heightAt }: { readonly preference: Numeric; readonly heightAt: (distance: number) => number }) {
  const { min, max } = NUMBER_DOMAINS[preference.field];
  const points = Array.from({ length: CURVE.steps + 1 }, (_, at) => {
    const value = min + ((max - min) * at) / CURVE.steps;
    const height = heightAt((value - preference.toward) / Math.max(preference.spread, (max - min) / 1_000));
    return `${at === 0 ? 'M' : 'L'}${(at / CURVE.steps) * CURVE.width} ${Math.round((CURVE.height - 1 - height * (CURVE.height - 3)) * 10) / 10}`;
  });
  return (
    <svg viewBox={`0 0 ${CURVE.width} ${CURVE.height}`} preserveAspectRatio="none" aria-hidden>
      <path d={points.join('')} />
    </svg>
  );
}
