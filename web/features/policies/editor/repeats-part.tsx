import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import { NumberRow } from '../rules/number-input.tsx';

const SCOPES = { network: 'All playlists', playlist: 'This playlist only', policy: 'Playlists with this policy' } as const;

/** Repeat windows, tracks per artist and album, artist separation, and seasons. */
export function RepeatsPart() {
  const { policy, edit } = useEditor();
  const { rest, caps, separation } = policy;
  const problems = {
    rest: useProblemAt('rest'),
    artist: useProblemAt('caps.perArtist'),
    album: useProblemAt('caps.perAlbum'),
    separation: useProblemAt('separation'),
  };
  return (
    <>
      <NumberRow
        label="Repeat window"
        path="rest.days"
        unit={rest.days === 1 ? 'day' : 'days'}
        min={0}
        max={730}
        value={rest.days}
        problem={problems.rest}
        onChange={(days) => edit({ ...policy, rest: { ...rest, days } }, 'rest')}
      />
      <div className={controls['numberLine']} data-path="rest.scope">
        <label htmlFor="rest-scope">Applies to</label>
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
          {Object.entries(SCOPES).map(([scope, label]) => (
            <option key={scope} value={scope}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <NumberRow
        label="Maximum per artist"
        path="caps.perArtist"
        unit={caps.perArtist === 1 ? 'track' : 'tracks'}
        min={1}
        max={500}
        value={caps.perArtist}
        problem={problems.artist}
        onChange={(perArtist) => edit({ ...policy, caps: { ...caps, perArtist } }, 'perArtist')}
      />
      <NumberRow
        label="Maximum per album"
        path="caps.perAlbum"
        unit={caps.perAlbum === 1 ? 'track' : 'tracks'}
        min={1}
        max={500}
        value={caps.perAlbum}
        problem={problems.album}
        onChange={(perAlbum) => edit({ ...policy, caps: { ...caps, perAlbum } }, 'perAlbum')}
      />
      <NumberRow
        label="Artist separation, at least"
        path="separation.artist"
        unit={separation.artist === 1 ? 'track' : 'tracks'}
        min={0}
        max={50}
        value={separation.artist}
        problem={problems.separation}
        onChange={(artist) => edit({ ...policy, separation: { artist } }, 'separation')}
      />
      {policy.version === 2 ? <ListRepeats policy={policy} /> : null}
    </>
  );
}

const SEASONS: readonly { readonly value: PolicyV2['seasonal']; readonly name: string }[] = [
  { value: 'in_season', name: 'Only in their season' },
  { value: 'always', name: 'On every day' },
];

/** What only version 2 has: the song window, the artist window, and titles of a season. */
function ListRepeats({ policy }: { readonly policy: PolicyV2 }) {
  const { edit } = useEditor();
  const { songs, artistDays, seasonal } = policy;
  return (
    <>
      <NumberRow
        label="Song window"
        path="songs.days"
        unit={songs.days === 1 ? 'day' : 'days'}
        hint="A song is in a list once, and not again in the playlist within this window, in whichever version: live, remaster, single."
        min={0}
        max={30}
        value={songs.days}
        problem={useProblemAt('songs')}
        onChange={(days) => edit({ ...policy, songs: { days } }, 'songs')}
      />
      <NumberRow
        label="Artist window"
        path="artistDays"
        unit={artistDays === 1 ? 'day' : 'days'}
        hint="Artists of the playlist’s lists within this window are avoided where there is another choice."
        min={0}
        max={14}
        value={artistDays}
        problem={useProblemAt('artistDays')}
        onChange={(days) => edit({ ...policy, artistDays: days }, 'artistDays')}
      />
      <div className={controls['numberLine']} data-path="seasonal">
        <label htmlFor="seasonal">Christmas, New Year and Halloween titles</label>
        <select
          id="seasonal"
          className={controls['select']}
          value={seasonal}
          onChange={(event) => edit({ ...policy, seasonal: SEASONS.find(({ value }) => value === event.target.value)?.value ?? seasonal })}
        >
          {SEASONS.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
