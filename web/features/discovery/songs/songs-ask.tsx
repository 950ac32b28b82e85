import { SONGS_MAX } from '../draft/composer-search.ts';
import { LIST_SIZE, askAgain } from '../draft/asking.ts';
import type { Composer } from '../draft/use-composer.ts';
import { MusicSearchBox } from '../search/music-search-box.tsx';
import { SelectField } from '#web/ui/controls/field.tsx';
import { plural } from '#web/lib/words.ts';
import { ClosenessRuler } from './closeness-ruler.tsx';
import { MatcherChoice } from './matcher-choice.tsx';
import { SeedRows } from './seed-rows.tsx';
import styles from './songs-ask.module.css';

const SIZES = [10, 20, 30, 50, 75, 100, 200];

/** What a list from songs is asked for: its seeds, what it goes by, how far it goes, how long it is and who is left out. */
export function SongsAsk({ composer: { state, change } }: { readonly composer: Composer }) {
  const { seeds = [], without = [] } = state;
  const ask = (changed: Parameters<typeof askAgain>[1]) => change(askAgain(state, changed));
  return (
    <>
      <section className={styles['part']}>
        <header>
          <h2>Goes with</h2>
          <p>
            {seeds.length} of {SONGS_MAX}
          </p>
        </header>
        <SeedRows label="Goes with" seeds={seeds} onRemove={(seed) => ask({ seeds: seeds.filter((one) => one !== seed) })} />
        {seeds.length >= SONGS_MAX ? <p className={styles['hint']}>Five at most. Remove one to add another.</p> : null}
      </section>
      <ClosenessRuler value={state.near} onChange={(near) => ask({ near })} />
      <div className={styles['pair']}>
        <MatcherChoice value={state.matcher} onChange={(matcher) => ask({ matcher })} />
        <SelectField label="Length" value={state.size ?? LIST_SIZE} onChange={(event) => ask({ size: Number(event.target.value) })}>
          {SIZES.map((size) => (
            <option key={size} value={size}>
              {plural(size, 'track')}
            </option>
          ))}
        </SelectField>
      </div>
      <section className={styles['part']}>
        <header>
          <h2>Leave out</h2>
        </header>
        <SeedRows
          label="Left out"
          seeds={without.map((id) => `a${id}`)}
          onRemove={(seed) => ask({ without: without.filter((id) => `a${id}` !== seed) })}
        />
        <MusicSearchBox
          label="Leave out an artist"
          placeholder="An artist"
          only="Artists"
          onSeed={(seed) => {
            if (seed.startsWith('a') && !without.includes(seed.slice(1))) ask({ without: [...without, seed.slice(1)] });
          }}
        />
      </section>
    </>
  );
}
