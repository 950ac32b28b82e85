import type { ArtReading } from '#shared/domain/covers/art/print.ts';
import { StepPart } from '../project/step-layout.tsx';
import styles from './reading-list.module.css';

/** What each number of the music drew on the chosen picture. An unknown number is named as unknown. */
export function ReadingList({ readings }: { readonly readings: readonly ArtReading[] }) {
  const told = readings.filter((reading, at) => readings.findIndex(({ number, drew }) => number === reading.number && drew === reading.drew) === at);
  return (
    <StepPart title="What the numbers drew">
      <dl className={styles['readings']}>
        {told.map(({ number, value, drew }) => (
          <div key={`${number} ${drew}`}>
            <dt>
              {number} {value === null ? 'unknown' : typeof value === 'number' ? Math.round(value * 100) / 100 : value}
            </dt>
            <dd>{drew}</dd>
          </div>
        ))}
      </dl>
    </StepPart>
  );
}
