import type { ImportSummaryView } from '#shared/contracts/catalog/import-views.ts';
import { count, percent } from '#web/lib/words.ts';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import styles from './catalog-totals.module.css';

/** Catalog totals, and the share of recordings with audio features, genres and an ISRC. Missing values are unknown and block nothing. */
export function CatalogTotals({ summary }: { readonly summary: ImportSummaryView }) {
  const totals = [
    ['Albums', summary.albums],
    ['Tracks', summary.tracks],
    ['Recordings (duplicates merged)', summary.recordings],
  ] as const;
  const coverage = [
    ['Tempo and energy known', summary.withFeatures],
    ['Genre known', summary.withGenres],
    ['ISRC known', summary.withIsrc],
  ] as const;
  return (
    <>
      <dl className={styles['totals']}>
        {totals.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles['coverage']}>
        {coverage.map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <ProgressBar value={value} max={summary.recordings} name={`Recordings: ${name}`} />
            <b>{summary.recordings === 0 ? '—' : percent(value / summary.recordings)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
