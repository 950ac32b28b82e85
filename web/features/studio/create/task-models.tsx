import { useId } from 'react';
import type { RunTimes } from '../models/run-times.ts';
import type { ModelView } from '#shared/contracts/studio/model-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { price } from '../money.ts';
import styles from './task-models.module.css';

interface TaskModelsProps {
  readonly models: readonly ModelView[];
  readonly times: readonly RunTimes[];
  readonly chosen: readonly string[];
  /** One model at a time, for pages that ask for one picture. */
  readonly isSingle?: boolean;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** The models for a task with the price and the middle time of the last ten runs. One that cannot be used stays in its place with the reason. */
export function TaskModels({ models, times, chosen, isSingle = false, onChange }: TaskModelsProps) {
  const group = useId();
  const toggle = (id: string) => onChange(isSingle ? [id] : chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <div className={styles['models']} role={isSingle ? 'radiogroup' : 'group'} aria-label="Models">
        {models.map((view) => {
          const { id, label } = view.model;
          const isOff = view.unavailableBecause !== null;
          return (
            <label key={id} data-off={isOff || undefined}>
              <input
                type={isSingle ? 'radio' : 'checkbox'}
                name={isSingle ? group : undefined}
                checked={chosen.includes(id) && !isOff}
                disabled={isOff}
                onChange={() => toggle(id)}
              />
              <b>{label}</b>
              <span className={styles['price']}>{price(view.fromUsdMicros)}</span>
              <span className={styles['about']}>{view.unavailableBecause ?? aboutOf(view)}</span>
              {isOff ? null : <span className={styles['time']}>{timeOf(times.find(({ model }) => model === id))}</span>}
            </label>
          );
        })}
      </div>
      <p className={styles['note']}>Price of one at its usual size. Time is the middle of the last ten runs.</p>
    </>
  );
}

function aboutOf({ model, state }: ModelView): string {
  return state.kind === 'ending' ? `${model.goodFor}. Ends on ${dayName(state.until)}.` : model.goodFor;
}

/** “9 s”; nothing for a model that has not run here. */
function timeOf(times: RunTimes | undefined): string {
  return times ? secondsOf(times.p50) : '';
}

/** Seconds as people read them: “0.4 s”, “9 s”, “2 min”. */
export function secondsOf(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
