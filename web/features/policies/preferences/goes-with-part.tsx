import { useQuery } from '@tanstack/react-query';
import type { Seed } from '#shared/contracts/policies/policy.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { NumberRow } from '../rules/number-input.tsx';
import { WordsInput } from '../rules/words-input.tsx';
import controls from '../editor/controls.module.css';
import { useEditor, useProblemAt } from '../editor/editor-context.ts';
import styles from '../editor/parts.module.css';
import { recordingRefKey, recordingRefText, useRecordingNames } from '../editor/recording-names.ts';
import { RecordingSearch } from '../editor/recording-search.tsx';

const SIDES = [
  { side: 'seeds', name: 'Goes with', hint: 'Preferred: what shares lists, albums or credits with these, or sounds like them.' },
  { side: 'avoid', name: 'Does not go with', hint: 'Preferred less: what goes with these.' },
] as const;

/** Preferences by example: recordings, artists and playlists that the list goes with, and does not go with. Only policies of version 2 have them. */
export function GoesWithPart() {
  const { policy, edit } = useEditor();
  const problem = useProblemAt('goesWith');
  if (policy.version !== 2) return null;
  const { goesWith } = policy;
  return (
    <>
      {SIDES.map(({ side, name, hint }) => (
        <Seeds
          key={side}
          {...{ side, name, hint }}
          seeds={goesWith[side]}
          onChange={(seeds) => edit({ ...policy, goesWith: { ...goesWith, [side]: seeds } })}
        />
      ))}
      <NumberRow
        label="Weight"
        path="goesWith.weight"
        min={0.1}
        max={100}
        step={0.1}
        value={goesWith.weight}
        onChange={(weight) => edit({ ...policy, goesWith: { ...goesWith, weight } }, 'goesWith weight')}
      />
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </>
  );
}

interface SeedsProps {
  readonly side: 'seeds' | 'avoid';
  readonly name: string;
  readonly hint: string;
  readonly seeds: readonly Seed[];
  readonly onChange: (seeds: Seed[]) => void;
}

function Seeds({ side, name, hint, seeds, onChange }: SeedsProps) {
  const { names, learn } = useRecordingNames();
  const lists = useQuery(trpc.playlistAdmin.playlists.list.queryOptions());
  const titles = new Map((lists.data ?? []).map(({ index, themeTag }) => [index, `${themeTag} #${String(index).padStart(3, '0')}`]));
  const add = (seed: Seed) => (seeds.some((one) => seedKey(one) === seedKey(seed)) ? undefined : onChange([...seeds, seed]));
  const nameOf = (seed: Seed) => {
    if ('playlistIndex' in seed) return titles.get(seed.playlistIndex) ?? `Playlist #${seed.playlistIndex}`;
    return 'artistId' in seed ? `Artist ${seed.artistId}` : (names.get(recordingRefKey(seed)) ?? recordingRefText(seed));
  };
  const artists = seeds.flatMap((seed) => ('artistId' in seed ? [seed.artistId] : []));
  const others = seeds.filter((seed) => !('artistId' in seed));
  return (
    <div role="group" aria-label={name} data-path={`goesWith.${side}`}>
      <h3 className={styles['sub']}>{name}</h3>
      <p className={controls['hint']}>{hint}</p>
      <ul className={styles['rows']}>
        {others.map((seed) => (
          <li key={seedKey(seed)}>
            <span>{nameOf(seed)}</span>
            <Button
              look="quiet"
              size="small"
              aria-label={`Remove ${nameOf(seed)}`}
              onClick={() => onChange(seeds.filter((one) => seedKey(one) !== seedKey(seed)))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles['stacked']}>
        <RecordingSearch
          label="Add a recording (title or artist)"
          onChoose={(chosen) => {
            learn(chosen);
            add({ recordingId: chosen.recordingId });
          }}
        />
        <div>
          <label className="label" htmlFor={`${side}-playlist`}>
            Add the last list of a playlist
          </label>
          <select
            id={`${side}-playlist`}
            className={controls['select']}
            value=""
            onChange={(event) => add({ playlistIndex: Number(event.target.value) })}
          >
            <option value="">Choose a playlist</option>
            {[...titles].map(([index, title]) => (
              <option key={index} value={index}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <div>
          <span className="label">Artists (Spotify ID or link)</span>
          <WordsInput
            label={`${name}: artists`}
            words={artists}
            onChange={(ids) => onChange([...others, ...ids.map((id) => ({ artistId: artistIdIn(id) }))])}
          />
        </div>
      </div>
    </div>
  );
}

function seedKey(seed: Seed): string {
  if ('playlistIndex' in seed) return `playlist ${seed.playlistIndex}`;
  return 'artistId' in seed ? `artist ${seed.artistId}` : recordingRefKey(seed);
}

/** Extracts the id from a pasted link or URI. Returns any other text unchanged; the server reports what is wrong with it. */
const artistIdIn = (text: string) => /artist[/:]([0-9A-Za-z]{22})/u.exec(text)?.[1] ?? text;
