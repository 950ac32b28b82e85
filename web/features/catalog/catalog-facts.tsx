import type { IntakeSummaryView } from '#shared/contracts/views.ts';
import { count, percent } from '#web/lib/words.ts';
import { Progress } from '#web/ui/feedback/progress.tsx';
import styles from './catalog-facts.module.css';

/** What the catalogue holds, and of how much of it each kind of knowledge is there. Unknown stays unknown; nothing waits for it. */
export function CatalogueFacts({ summary }: { readonly summary: IntakeSummaryView }) {
  const stock = [
    ['Albums', summary.albums],
    ['Tracks', summary.tracks],
    ['Recordings, counted once', summary.recordings],
  ] as const;
  const known = [
    ['know tempo and energy', summary.withFeatures],
    ['know their genres', summary.withGenres],
    ['have an ISRC', summary.withIsrc],
  ] as const;
  return (
    <>
      <dl className={styles['stock']}>
        {stock.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles['known']}>
        {known.map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <Progress value={value} max={summary.recordings} name={`Recordings that ${name}`} />
            <b>{summary.recordings === 0 ? '—' : percent(value / summary.recordings)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
