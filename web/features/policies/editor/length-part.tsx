import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { NumberRow } from '../rules/number-input.tsx';
import { RangeSlider } from '../rules/range-slider.tsx';
import styles from './parts.module.css';
import { turnoverSummary } from '../preview/policy-summary.ts';

const MINUTES_DEFAULT = 180;

/** List length, by number of tracks or by playing time. */
export function LengthPart() {
  const { policy, edit } = useEditor();
  const { duration } = policy;
  const setTimed = (isTimed: boolean) => {
    const { duration: _dropped, ...rest } = policy;
    edit(isTimed ? { ...rest, duration: { minutes: MINUTES_DEFAULT, tolerance: 3 } } : rest);
  };
  const problems = { size: useProblemAt('size'), duration: useProblemAt('duration') };
  return (
    <>
      <div className={styles['choices']} role="radiogroup" aria-label="Length set by">
        <label>
          <input type="radio" name="measure" checked={duration === undefined} onChange={() => setTimed(false)} /> By number of tracks
        </label>
        <label>
          <input type="radio" name="measure" checked={duration !== undefined} onChange={() => setTimed(true)} /> By playing time
        </label>
      </div>
      {duration ? (
        <>
          <NumberRow
            label="Playing time"
            path="duration.minutes"
            unit="minutes"
            min={5}
            max={1440}
            value={duration.minutes}
            problem={problems.duration}
            onChange={(minutes) => edit({ ...policy, duration: { ...duration, minutes } }, 'minutes')}
          />
          <NumberRow
            label="Tolerance"
            path="duration.tolerance"
            unit="minutes"
            min={0.5}
            max={60}
            step={0.5}
            value={duration.tolerance}
            onChange={(tolerance) => edit({ ...policy, duration: { ...duration, tolerance } }, 'tolerance')}
          />
        </>
      ) : null}
      <NumberRow
        label={duration ? 'Maximum length' : 'List length'}
        path="size"
        unit="tracks"
        min={1}
        max={500}
        value={policy.size}
        problem={problems.size}
        onChange={(size) => edit({ ...policy, size }, 'size')}
      />
    </>
  );
}

/** Share of the list that changes every day, shown as a number of tracks. */
export function TurnoverPart() {
  const { policy, edit } = useEditor();
  const problem = useProblemAt('turnover');
  const summary = turnoverSummary(policy);
  return (
    <div className={styles['turnover']} data-path="turnover">
      <span className={controls['unit']}>None</span>
      <RangeSlider
        min={0}
        max={1}
        step={0.02}
        filled={[0, policy.turnover]}
        thumbs={[{ name: 'Share of the list that changes every day', value: policy.turnover, valueText: summary }]}
        onChange={(_, turnover) => edit({ ...policy, turnover }, 'turnover')}
      />
      <span className={controls['unit']}>All</span>
      <p>{summary}. Tracks that stay don’t count as repeats.</p>
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </div>
  );
}
