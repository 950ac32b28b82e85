import type { PathStepView, PathTrackView } from '#shared/contracts/discovery/path.ts';
import { Artwork } from '../tracks/artwork.tsx';
import { useTrackHits } from '../tracks/use-look-up.ts';
import styles from './path-stair.module.css';

/** Height of the drawing, and by how much the highest energy is above the lowest, in pixels. */
const RISE = 200;
/** In thousandths of the width: from the left edge of a sleeve to its middle. */
const HALF = 55;
/** More sleeves than these have no room for words below them. */
const NAMED_MAX = 9;

interface PathStairProps {
  readonly tracks: readonly PathTrackView[];
  readonly steps: readonly PathStepView[];
}

/** The way drawn: each sleeve is as high as its energy, and the weakest step is dashed. A list with the same words is below it. */
export function PathStair({ tracks, steps }: PathStairProps) {
  const hits = useTrackHits(tracks.map(({ recordingId }) => recordingId));
  const known = tracks.flatMap(({ energy }) => (energy === null ? [] : [energy]));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const spot = tracks.map(({ energy }, index) => ({
    x: (index / Math.max(1, tracks.length - 1)) * (1_000 - 2 * HALF),
    y: known.length === 0 || high === low ? RISE / 2 : RISE * (1 - ((energy ?? (low + high) / 2) - low) / (high - low)),
  }));
  const unknown = tracks.length - known.length;
  return (
    <figure className={styles['stair']} aria-label="The way">
      <div className={styles['plot']}>
        <svg viewBox="0 0 1000 428" preserveAspectRatio="none" aria-hidden fill="none">
          {steps.map(({ position, isWeakest }) => {
            const [here, next] = [spot[position - 1], spot[position]];
            if (!here || !next) return null;
            return <path key={position} data-weak={isWeakest || undefined} d={`M${here.x + HALF} ${here.y + 70}L${next.x + HALF} ${next.y + 70}`} />;
          })}
        </svg>
        <ol>
          {tracks.map(({ position, recordingId, title, artists, energy, tempo }, index) => (
            <li
              key={recordingId}
              style={{ left: `${(spot[index]?.x ?? 0) / 10}%`, top: spot[index]?.y ?? 0 }}
              data-many={tracks.length > NAMED_MAX || undefined}
            >
              <span className={styles['sleeve']}>
                <Artwork url={hits.get(recordingId)?.imageUrl} size={110} />
              </span>
              <p>
                <b>{title}</b>
                <span className={styles['more']}>
                  {artists.join(', ')}
                  <br />
                  {soundWords(energy, tempo)}
                </span>
                <span className="sr">, track {position}</span>
              </p>
            </li>
          ))}
        </ol>
      </div>
      <figcaption>
        Each sleeve is as high as its energy. Dashed: the weakest step.
        {unknown > 0 ? ` Energy is unknown for ${unknown}, shown at middle height.` : ''}
      </figcaption>
    </figure>
  );
}

/** "energy 0.31, 85 bpm", with what is unknown named as such. */
export function soundWords(energy: number | null, tempo: number | null): string {
  return `${energy === null ? 'energy unknown' : `energy ${energy.toFixed(2)}`}${tempo === null ? '' : `, ${Math.round(tempo)} bpm`}`;
}
