import { ArrowsLeftRight } from '@phosphor-icons/react/ArrowsLeftRight';
import { Minus } from '@phosphor-icons/react/Minus';
import { Plus } from '@phosphor-icons/react/Plus';
import { Button, IconButton } from '#web/ui/controls/button.tsx';
import { Chip } from '#web/ui/controls/chip.tsx';
import { MusicSearchBox } from '../search/music-search-box.tsx';
import { useSeedNames } from '../songs/use-seeds.ts';
import { Artwork } from '../tracks/artwork.tsx';
import { PATH_STEPS } from './path-search.ts';
import type { PathSearch } from './path-search.ts';
import styles from './path-ends.module.css';

const WAYS = [
  { by: 'sound', name: 'sound' },
  { by: 'playlists', name: 'shared playlists' },
  { by: undefined, name: 'both' },
] as const;

interface PathEndsProps {
  readonly search: PathSearch;
  readonly onSearch: (search: PathSearch) => void;
}

/** Both songs of a path, the number of its steps, and what its tracks are joined by. Changing an end forgets the tracks that were kept. */
export function PathEndFields({ search, onSearch }: PathEndsProps) {
  const { start: from, end: to } = search;
  const rest: PathSearch = { ...(search.steps === undefined ? {} : { steps: search.steps }), ...(search.by === undefined ? {} : { by: search.by }) };
  const steps = search.steps ?? PATH_STEPS.usual;
  const ends = (next: { from?: number | undefined; to?: number | undefined }) => onSearch({ ...rest, ...both(next.from, next.to) });
  const setSteps = (next: number) => onSearch({ ...rest, ...both(from, to), steps: Math.min(PATH_STEPS.max, Math.max(PATH_STEPS.min, next)) });
  const setWay = (by: PathSearch['by']) => {
    onSearch({ ...(search.steps === undefined ? {} : { steps }), ...both(from, to), ...(by === undefined ? {} : { by }) });
  };
  return (
    <div className={styles['ends']}>
      <PathEnd label="From" id={from} onChange={(id) => ends({ from: id, to })} />
      <IconButton name="Swap the two songs" disabled={from === undefined && to === undefined} onClick={() => ends({ from: to, to: from })}>
        <ArrowsLeftRight size={16} aria-hidden />
      </IconButton>
      <PathEnd label="To" id={to} onChange={(id) => ends({ from, to: id })} />
      <div>
        <p className="label" id="path-steps">
          Steps
        </p>
        <div className={styles['stepper']} role="group" aria-labelledby="path-steps">
          <IconButton name="Fewer steps" disabled={steps <= PATH_STEPS.min} onClick={() => setSteps(steps - 1)}>
            <Minus size={16} aria-hidden />
          </IconButton>
          <b aria-live="polite">{steps}</b>
          <IconButton name="More steps" disabled={steps >= PATH_STEPS.max} onClick={() => setSteps(steps + 1)}>
            <Plus size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      <div>
        <p className="label" id="path-joined">
          Joined by
        </p>
        <div className={styles['ways']} role="group" aria-labelledby="path-joined">
          {WAYS.map(({ by, name }) => (
            <Chip key={name} chosen={search.by === by} onClick={() => setWay(by)}>
              {name}
            </Chip>
          ))}
        </div>
      </div>
    </div>
  );
}

const both = (from: number | undefined, to: number | undefined) => ({
  ...(from === undefined ? {} : { start: from }),
  ...(to === undefined ? {} : { end: to }),
});

interface PathEndProps {
  readonly label: string;
  readonly id: number | undefined;
  readonly onChange: (id: number | undefined) => void;
}

function PathEnd({ label, id, onChange }: PathEndProps) {
  const [named] = useSeedNames(id === undefined ? [] : [`r${id}`]);
  if (id === undefined) {
    return (
      <MusicSearchBox
        label={label}
        placeholder="A song"
        only="Tracks"
        onSeed={(seed) => {
          if (seed.startsWith('r')) onChange(Number(seed.slice(1)));
        }}
      />
    );
  }
  return (
    <div className={styles['end']}>
      <p className="label">{label}</p>
      <div>
        <Artwork url={named?.imageUrl} size={28} />
        <p>
          <b>{named?.title}</b> <span>{named?.detail}</span>
        </p>
        <Button size="small" look="quiet" aria-label={`Change: ${label}`} onClick={() => onChange(undefined)}>
          Change
        </Button>
      </div>
    </div>
  );
}
