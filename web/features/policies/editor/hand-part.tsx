import type { Pin, PolicyV1, RecordingRef } from '#shared/contracts/policies/policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { NumberBox } from '../rules/number-box.tsx';
import styles from './parts.module.css';
import { RecordingSearch } from './recording-search.tsx';
import { refKey, useRecordingNames } from './recording-names.ts';
import { WordsBox } from '../rules/words-box.tsx';

/** What a person decides beside every rule: recordings that are always in, and what never comes in. */
export function HandPart() {
  const { policy, edit } = useEditor();
  const { names, learn } = useRecordingNames();
  const nameOf = (ref: RecordingRef) => names.get(refKey(ref)) ?? refWords(ref);
  const problems = { pins: useProblemAt('pins'), bans: useProblemAt('bans') };
  const setBans = (bans: Partial<PolicyV1['bans']>) => edit({ ...policy, bans: { ...policy.bans, ...bans } });
  const isIn = (ref: RecordingRef) =>
    [...policy.pins.map(({ recording }) => recording), ...policy.bans.recordings].some((one) => refKey(one) === refKey(ref));
  return (
    <>
      <h3 className={styles['sub']}>Always in the list</h3>
      <ul className={styles['rows']}>
        {policy.pins.map((pin, at) => (
          <li key={refKey(pin.recording)} data-path={`pins.${at}`}>
            <span>{nameOf(pin.recording)}</span>
            <PinPlace
              position={pin.position}
              name={nameOf(pin.recording)}
              onChange={(position) =>
                edit(
                  {
                    ...policy,
                    pins: policy.pins.map((one, index) => (index === at ? { recording: one.recording, ...(position ? { position } : {}) } : one)),
                  },
                  `pin ${at}`,
                )
              }
            />
            <Button
              look="quiet"
              size="small"
              aria-label={`Unpin ${nameOf(pin.recording)}`}
              onClick={() => edit({ ...policy, pins: policy.pins.filter((_, index) => index !== at) })}
            >
              Unpin
            </Button>
          </li>
        ))}
      </ul>
      <RecordingSearch
        label="Pin a recording, by title or artist"
        onChoose={(found) => {
          learn(found);
          const recording = { recordingId: found.recordingId };
          if (!isIn(recording)) edit({ ...policy, pins: [...policy.pins, { recording }] });
        }}
      />
      {problems.pins ? <p className={controls['problem']}>{problems.pins}</p> : null}
      <h3 className={styles['sub']}>Never in the list</h3>
      <ul className={styles['rows']}>
        {policy.bans.recordings.map((ref, at) => (
          <li key={refKey(ref)} data-path={`bans.recordings.${at}`}>
            <span>{nameOf(ref)}</span>
            <Button
              look="quiet"
              size="small"
              aria-label={`Let in again ${nameOf(ref)}`}
              onClick={() => setBans({ recordings: policy.bans.recordings.filter((_, index) => index !== at) })}
            >
              Let in again
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles['stacked']}>
        <RecordingSearch
          label="Ban a recording, by title or artist"
          onChoose={(found) => {
            learn(found);
            const recording = { recordingId: found.recordingId };
            if (!isIn(recording)) setBans({ recordings: [...policy.bans.recordings, recording] });
          }}
        />
        <div data-path="bans.artists">
          <span className="label">Artists, by Spotify id or link</span>
          <WordsBox label="Banned artists" words={policy.bans.artists} onChange={(artists) => setBans({ artists: artists.map(spotifyId) })} />
        </div>
        <div data-path="bans.albums">
          <span className="label">Albums, by Spotify id or link</span>
          <WordsBox label="Banned albums" words={policy.bans.albums} onChange={(albums) => setBans({ albums: albums.map(spotifyId) })} />
        </div>
      </div>
      {problems.bans ? <p className={controls['problem']}>{problems.bans}</p> : null}
    </>
  );
}

function PinPlace({
  position,
  name,
  onChange,
}: {
  readonly position: Pin['position'];
  readonly name: string;
  readonly onChange: (position: number | null) => void;
}) {
  if (position === undefined) {
    return (
      <Button look="quiet" size="small" aria-label={`${name} stands anywhere; give it a place`} onClick={() => onChange(1)}>
        anywhere
      </Button>
    );
  }
  return (
    <span className={controls['inline']}>
      <span className={controls['unit']}>at place</span>
      <NumberBox label={`Place of ${name}`} min={1} max={500} value={position} onChange={onChange} />
      <Button look="quiet" size="small" aria-label={`free it: ${name} may stand anywhere`} onClick={() => onChange(null)}>
        free it
      </Button>
    </span>
  );
}

function refWords(ref: RecordingRef): string {
  if ('recordingId' in ref) return `Recording ${ref.recordingId}`;
  return 'isrc' in ref ? `ISRC ${ref.isrc}` : `Spotify track ${ref.trackId}`;
}

/** The id in a link or URI that was pasted; anything else stays as it is, and the server says what is wrong with it. */
const spotifyId = (text: string) => /(?:artist|album)[/:]([0-9A-Za-z]{22})/u.exec(text)?.[1] ?? text;
