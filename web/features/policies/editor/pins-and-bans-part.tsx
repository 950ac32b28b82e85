import type { Pin, Policy, RecordingRef } from '#shared/contracts/policies/policy.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { NumberInput } from '../rules/number-input.tsx';
import styles from './parts.module.css';
import { RecordingSearch } from './recording-search.tsx';
import { recordingRefKey, recordingRefText, useRecordingNames } from './recording-names.ts';
import { WordsInput } from '../rules/words-input.tsx';

/** Pinned recordings, which are always in the list, and banned recordings, artists and albums. */
export function PinsAndBansPart() {
  const { policy, edit } = useEditor();
  const { names, learn } = useRecordingNames();
  const nameOf = (ref: RecordingRef) => names.get(recordingRefKey(ref)) ?? recordingRefText(ref);
  const problems = { pins: useProblemAt('pins'), bans: useProblemAt('bans') };
  const setBans = (bans: Partial<Policy['bans']>) => edit({ ...policy, bans: { ...policy.bans, ...bans } });
  const isIn = (ref: RecordingRef) =>
    [...policy.pins.map(({ recording }) => recording), ...policy.bans.recordings].some((one) => recordingRefKey(one) === recordingRefKey(ref));
  return (
    <>
      <h3 className={styles['sub']}>Pinned (always in the list)</h3>
      <ul className={styles['rows']}>
        {policy.pins.map((pin, at) => (
          <li key={recordingRefKey(pin.recording)} data-path={`pins.${at}`}>
            <span>{nameOf(pin.recording)}</span>
            <PinPosition
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
        label="Pin a recording (title or artist)"
        onChoose={(chosen) => {
          learn(chosen);
          const recording = { recordingId: chosen.recordingId };
          if (!isIn(recording)) edit({ ...policy, pins: [...policy.pins, { recording }] });
        }}
      />
      {problems.pins ? <p className={controls['problem']}>{problems.pins}</p> : null}
      <h3 className={styles['sub']}>Banned (never in the list)</h3>
      <ul className={styles['rows']}>
        {policy.bans.recordings.map((ref, at) => (
          <li key={recordingRefKey(ref)} data-path={`bans.recordings.${at}`}>
            <span>{nameOf(ref)}</span>
            <Button
              look="quiet"
              size="small"
              aria-label={`Unban ${nameOf(ref)}`}
              onClick={() => setBans({ recordings: policy.bans.recordings.filter((_, index) => index !== at) })}
            >
              Unban
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles['stacked']}>
        <RecordingSearch
          label="Ban a recording (title or artist)"
          onChoose={(chosen) => {
            learn(chosen);
            const recording = { recordingId: chosen.recordingId };
            if (!isIn(recording)) setBans({ recordings: [...policy.bans.recordings, recording] });
          }}
        />
        <div data-path="bans.artists">
          <span className="label">Banned artists (Spotify ID or link)</span>
          <WordsInput label="Banned artists" words={policy.bans.artists} onChange={(artists) => setBans({ artists: artists.map(spotifyId) })} />
        </div>
        <div data-path="bans.albums">
          <span className="label">Banned albums (Spotify ID or link)</span>
          <WordsInput label="Banned albums" words={policy.bans.albums} onChange={(albums) => setBans({ albums: albums.map(spotifyId) })} />
        </div>
      </div>
      {problems.bans ? <p className={controls['problem']}>{problems.bans}</p> : null}
    </>
  );
}

function PinPosition({
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
      <Button look="quiet" size="small" aria-label={`Set position of ${name}`} onClick={() => onChange(1)}>
        Set position
      </Button>
    );
  }
  return (
    <span className={controls['inline']}>
      <span className={controls['unit']}>position</span>
      <NumberInput label={`Position of ${name}`} min={1} max={500} value={position} onChange={onChange} />
      <Button look="quiet" size="small" aria-label={`Clear position of ${name}`} onClick={() => onChange(null)}>
        Clear position
      </Button>
    </span>
  );
}

/** Extracts the id from a pasted link or URI. Returns any other text unchanged; the server reports what is wrong with it. */
const spotifyId = (text: string) => /(?:artist|album)[/:]([0-9A-Za-z]{22})/u.exec(text)?.[1] ?? text;
