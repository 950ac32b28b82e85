import type { RunTimes } from '../models/run-times.ts';
import { secondsOf } from './task-models.tsx';
import styles from './usual-time.module.css';

/** A hairline from zero with the usual time as a band and a tick for now. It is no progress bar: most vendors report no progress. */
export function UsualTime({ seconds, times }: { readonly seconds: number; readonly times: RunTimes }) {
  const end = Math.max(times.p90 * 1.2, seconds * 1.05, 1);
  const at = (value: number) => `${(value / end) * 100}%`;
  const words = `${Math.round(seconds)} seconds so far; the last ${times.runs} runs took ${secondsOf(times.p10)} to ${secondsOf(times.p90)}`;
  return (
    <span className={styles['usual']} role="img" aria-label={words}>
      <span style={{ left: at(times.p10), width: at(Math.max(times.p90 - times.p10, end / 100)) }} />
      <i style={{ left: at(seconds) }} />
    </span>
  );
}

/** “usually 18 s to 31 s”, and past it that it takes longer. */
export function usualWords(seconds: number, times: RunTimes | undefined): string | null {
  if (!times) return null;
  if (seconds > times.p90) return 'longer than usual';
  return times.runs < 2 ? `about ${secondsOf(times.p50)}` : `usually ${secondsOf(times.p10)} to ${secondsOf(times.p90)}`;
}
