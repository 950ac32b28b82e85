import { plural } from '#web/lib/words.ts';
import controls from '../editor/controls.module.css';
import styles from './days-box.module.css';
import { NumberBox } from './number-box.tsx';
import { RangeTrack } from './range-track.tsx';

const DAYS = { min: 7, max: 90 };
export const DAYS_FIRST = 30;

/** As many days as can be played forward at once. */
export const playableDays = (days: number) => Math.min(DAYS.max, Math.max(DAYS.min, Math.round(days)));

/** How many days are played forward. */
export function DaysBox({ days, onChange }: { readonly days: number; readonly onChange: (days: number) => void }) {
  return (
    <div className={styles['days']}>
      <span className="label">Days forward</span>
      <span className={controls['measured']}>
        <RangeTrack
          min={DAYS.min}
          max={DAYS.max}
          step={1}
          filled={[DAYS.min, days]}
          thumbs={[{ name: 'Days forward, slider', value: days, says: plural(days, 'day') }]}
          onChange={(_, value) => onChange(value)}
        />
        <NumberBox label="Days forward" min={DAYS.min} max={DAYS.max} step={1} value={days} onChange={onChange} />
        <span className={controls['unit']}>days</span>
      </span>
    </div>
  );
}
