import { plural } from '#web/lib/words.ts';
import controls from '../editor/controls.module.css';
import styles from './days-input.module.css';
import { NumberInput } from './number-input.tsx';
import { RangeSlider } from './range-slider.tsx';

const DAYS = { min: 7, max: 90 };
export const DAYS_DEFAULT = 30;

/** The number of days, rounded and limited to what one simulation accepts (7 to 90). */
export const clampDays = (days: number) => Math.min(DAYS.max, Math.max(DAYS.min, Math.round(days)));

/** Input for the number of days to simulate. */
export function DaysInput({ days, onChange }: { readonly days: number; readonly onChange: (days: number) => void }) {
  return (
    <div className={styles['days']}>
      <span className="label">Days to simulate</span>
      <span className={controls['measured']}>
        <RangeSlider
          min={DAYS.min}
          max={DAYS.max}
          step={1}
          filled={[DAYS.min, days]}
          thumbs={[{ name: 'Days to simulate, slider', value: days, valueText: plural(days, 'day') }]}
          onChange={(_, value) => onChange(value)}
        />
        <NumberInput label="Days to simulate" min={DAYS.min} max={DAYS.max} step={1} value={days} onChange={onChange} />
        <span className={controls['unit']}>days</span>
      </span>
    </div>
  );
}
