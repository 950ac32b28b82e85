import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { percent, plural } from '#web/lib/words.ts';
import styles from './genre-bars.module.css';

const SHOWN = 7;

/** Genres by weight. Bars are as long as their share of the heaviest genre; the number beside them is the weight. */
export function GenreBars({ analysis }: { readonly analysis: MusicAnalysis }) {
  const { genres, coverage, tracks } = analysis;
  const heaviest = genres[0]?.weight ?? 1;
  if (genres.length === 0) return <p className={styles['none']}>Genres are unknown for all {plural(tracks, 'track')}.</p>;
  return (
    <>
      <ul className={styles['bars']} aria-label="Genres by weight">
        {genres.slice(0, SHOWN).map((genre) => (
          <li key={genre.name}>
            <span className={styles['name']}>{genre.name}</span>
            <span className={styles['bar']} aria-hidden>
              <span style={{ width: `${(genre.weight / heaviest) * 100}%` }} />
            </span>
            <b>{percent(genre.weight)}</b>
          </li>
        ))}
      </ul>
      <p className={styles['note']}>
        {genres.length > SHOWN ? `${plural(genres.length - SHOWN, 'more genre')}. ` : ''}Known for {coverage.genres} of {plural(tracks, 'track')}.
      </p>
    </>
  );
}
