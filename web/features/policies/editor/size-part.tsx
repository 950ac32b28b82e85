import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { NumberLine } from '../rules/number-box.tsx';
import { RangeTrack } from '../rules/range-track.tsx';
import styles from './parts.module.css';
import { stayWords } from '../preview/policy-says.ts';

const MINUTES_FIRST = 180;

/** How long the list is, by tracks or by the clock. */
export function SizePart() {
  const { policy, edit } = useEditor();
  const { duration } = policy;
  const setTimed = (isTimed: boolean) => {
    const { duration: _dropped, ...rest } = policy;
    edit(isTimed ? { ...rest, duration: { minutes: MINUTES_FIRST, tolerance: 3 } } : rest);
  };
  const problems = { size: useProblemAt('size'), duration: useProblemAt('duration') };
  return (
    <>
      <div className={styles['choices']} role="radiogroup" aria-label="How the list is measured">
        <label>
          <input type="radio" name="measure" checked={duration === undefined} onChange={() => setTimed(false)} /> by tracks
        </label>
        <label>
          <input type="radio" name="measure" checked={duration !== undefined} onChange={() => setTimed(true)} /> by playing time
        </label>
      </div>
      {duration ? (
        <>
          <NumberLine
            label="Playing time"
            path="duration.minutes"
            unit="minutes"
            min={5}
            max={1440}
            value={duration.minutes}
            problem={problems.duration}
            onChange={(minutes) => edit({ ...policy, duration: { ...duration, minutes } }, 'minutes')}
          />
          <NumberLine
            label="Give or take"
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
      <NumberLine
        label={duration ? 'With at most' : 'The list has'}
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

const SCOPES = { network: 'in the whole network', playlist: 'in this playlist only', policy: 'in all playlists with this policy' } as const;

/** How long a recording stays away, how often an artist or an album comes, and how far apart. */
export function FreshPart() {
  const { policy, edit } = useEditor();
  const { rest, caps, separation } = policy;
  const problems = {
    rest: useProblemAt('rest'),
    artist: useProblemAt('caps.perArtist'),
    album: useProblemAt('caps.perAlbum'),
    apart: useProblemAt('separation'),
  };
  return (
    <>
      <NumberLine
        label="A recording rests for"
        path="rest.days"
        unit={rest.days === 1 ? 'day' : 'days'}
        min={0}
        max={730}
        value={rest.days}
        problem={problems.rest}
        onChange={(days) => edit({ ...policy, rest: { ...rest, days } }, 'rest')}
      />
      <div className={controls['numberLine']} data-path="rest.scope">
        <label htmlFor="rest-scope">It rests</label>
        <select
          id="rest-scope"
          className={controls['select']}
          value={rest.scope}
          onChange={(event) =>
            edit({
              ...policy,
              rest: { ...rest, scope: (['network', 'playlist', 'policy'] as const).find((one) => one === event.target.value) ?? rest.scope },
            })
          }
        >
          {Object.entries(SCOPES).map(([scope, words]) => (
            <option key={scope} value={scope}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <NumberLine
        label="At most, by one artist"
        path="caps.perArtist"
        unit={caps.perArtist === 1 ? 'track' : 'tracks'}
        min={1}
        max={500}
        value={caps.perArtist}
        problem={problems.artist}
        onChange={(perArtist) => edit({ ...policy, caps: { ...caps, perArtist } }, 'perArtist')}
      />
      <NumberLine
        label="At most, from one album"
        path="caps.perAlbum"
        unit={caps.perAlbum === 1 ? 'track' : 'tracks'}
        min={1}
        max={500}
        value={caps.perAlbum}
        problem={problems.album}
        onChange={(perAlbum) => edit({ ...policy, caps: { ...caps, perAlbum } }, 'perAlbum')}
      />
      <NumberLine
        label="Tracks by one artist stand apart by"
        path="separation.artist"
        unit="places"
        min={0}
        max={50}
        value={separation.artist}
        problem={problems.apart}
        onChange={(artist) => edit({ ...policy, separation: { artist } }, 'separation')}
      />
    </>
  );
}

/** How much of the list changes from one day to the next, said in tracks. */
export function TurnoverPart() {
  const { policy, edit } = useEditor();
  const problem = useProblemAt('turnover');
  const says = stayWords(policy);
  return (
    <div className={styles['turnover']} data-path="turnover">
      <span className={controls['unit']}>all stay</span>
      <RangeTrack
        min={0}
        max={1}
        step={0.02}
        filled={[0, policy.turnover]}
        thumbs={[{ name: 'Part of the list that changes a day', value: policy.turnover, says }]}
        onChange={(_, turnover) => edit({ ...policy, turnover }, 'turnover')}
      />
      <span className={controls['unit']}>all change</span>
      <p>{says}. Staying is not repeating; coming back is.</p>
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </div>
  );
}
