import { Warning } from '@phosphor-icons/react/Warning';
import type { PathStepView, PathTrackView, PathView } from '#shared/contracts/discovery/path.ts';
import { useWide } from '#web/lib/use-wide.ts';
import { Artwork } from '../tracks/artwork.tsx';
import { useTrackHits } from '../tracks/use-look-up.ts';
import { soundWords } from './path-stair.tsx';
import styles from './path-steps.module.css';

interface PathStepsProps {
  readonly path: PathView;
  /** Finds another track for a place. */
  readonly onOther: (position: number) => void;
  /** Adds a step after a place. */
  readonly onStep: (position: number) => void;
}

/** The steps of a path with why they join: rows where there is room, else songs with the joins between them. */
export function PathSteps(props: PathStepsProps) {
  return useWide() ? <StepRows {...props} /> : <StepColumn {...props} />;
}

/** The place whose track another way replaces: the end of the step, or its beginning where the end is the last song. */
const placeOf = (step: PathStepView, last: number) => (step.position + 1 === last ? step.position : step.position + 1);

function StepRows({ path: { tracks, steps }, ...on }: PathStepsProps) {
  const longest = Math.max(...steps.map(({ distance }) => distance ?? 0), 0.001);
  const titleAt = (position: number) => tracks[position - 1]?.title ?? '';
  return (
    <table className={styles['rows']} aria-label="The steps">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Between</th>
          <th scope="col">Why they join</th>
          <th scope="col">Tempo</th>
          <th scope="col">Distance</th>
          <th scope="col">
            <span className="sr">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.position} data-weak={step.isWeakest || undefined}>
            <td>
              {step.position} of {steps.length}
            </td>
            <td>
              <b>{titleAt(step.position)}</b> to <b>{titleAt(step.position + 1)}</b>
            </td>
            <td>
              {step.isWeakest ? <Warning size={16} className="icon warn" aria-label="Weakest step:" /> : null} {step.why}
            </td>
            <td>{tempoWords(step.tempoChange)}</td>
            <td>
              {step.distance === null ? (
                'unknown'
              ) : (
                <span className={styles['distance']} role="img" aria-label={step.distance.toFixed(2)} title={step.distance.toFixed(2)}>
                  <span style={{ width: `${(step.distance / longest) * 100}%` }} />
                </span>
              )}
            </td>
            <td>
              <StepActions step={step} last={tracks.length} {...on} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StepColumn({ path: { tracks, steps }, ...on }: PathStepsProps) {
  const hits = useTrackHits(tracks.map(({ recordingId }) => recordingId));
  return (
    <ol className={styles['column']} aria-label="The steps">
      {tracks.map((track, index) => (
        <StepSong
          key={track.recordingId}
          track={track}
          imageUrl={hits.get(track.recordingId)?.imageUrl}
          step={steps[index]}
          last={tracks.length}
          {...on}
        />
      ))}
    </ol>
  );
}

interface StepSongProps extends Omit<PathStepsProps, 'path'> {
  readonly track: PathTrackView;
  readonly imageUrl: string | null | undefined;
  /** The join with the next track; none after the last one. */
  readonly step: PathStepView | undefined;
  readonly last: number;
}

function StepSong({ track: { title, artists, energy, tempo }, imageUrl, step, last, ...on }: StepSongProps) {
  return (
    <li>
      <div className={styles['song']}>
        <Artwork url={imageUrl} size={64} />
        <p>
          <b>{title}</b>
          <span>
            {artists.join(', ')} · {soundWords(energy, tempo)}
          </span>
        </p>
      </div>
      {step ? (
        <div className={styles['join']} data-weak={step.isWeakest || undefined}>
          {step.why} {step.isWeakest ? <b>The weakest step. </b> : null}
          <StepActions step={step} last={last} {...on} />
        </div>
      ) : null}
    </li>
  );
}

interface StepActionsProps extends Omit<PathStepsProps, 'path'> {
  readonly step: PathStepView;
  readonly last: number;
}

function StepActions({ step, last, onOther, onStep }: StepActionsProps) {
  const place = placeOf(step, last);
  return (
    <>
      {step.isWeakest ? (
        <button type="button" className={styles['act']} onClick={() => onStep(step.position)}>
          Add a step here
        </button>
      ) : null}
      {place > 1 ? (
        <button type="button" className={styles['act']} aria-label={`Another way at step ${step.position}`} onClick={() => onOther(place)}>
          Another way
        </button>
      ) : null}
    </>
  );
}

function tempoWords(change: number | null): string {
  if (change === null) return 'unknown';
  const beats = Math.round(change);
  return beats === 0 ? 'the same' : `${beats > 0 ? '+' : '−'}${Math.abs(beats)} bpm`;
}
