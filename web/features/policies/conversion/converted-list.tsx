import { joinNames, plural } from '#web/lib/words.ts';
import { PreviewFlowChart } from '../editor/flow-chart.tsx';
import { SpreadCharts } from '../preview/spread-charts.tsx';
import type { DraftResults } from '../preview/use-draft-results.ts';
import styles from './conversion.module.css';

interface ConvertedListProps {
  readonly name: string;
  readonly list: NonNullable<DraftResults['preview']['data']>;
}

/** One side of the comparison: the pictures of the list, what a person should know, and its tracks. */
export function ConvertedList({ name, list: { entries, spreads, notes, shortfall } }: ConvertedListProps) {
  const lines = [...shortfall, ...notes];
  return (
    <section className={styles['side']} aria-label={`${name}: ${plural(entries.length, 'track')}`}>
      <h3>
        {name} <span className="muted">{entries.length === 0 ? 'no list possible' : plural(entries.length, 'track')}</span>
      </h3>
      {lines.length > 0 ? (
        <ul className={styles['notes']}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {entries.length > 0 ? <SpreadCharts spreads={spreads} /> : null}
      {entries.length > 1 ? <PreviewFlowChart entries={entries} /> : null}
      <ol className={styles['tracks']} tabIndex={0} aria-label={`${name}: tracks`}>
        {entries.map((entry) => (
          <li key={entry.position}>
            <span aria-hidden>{entry.position}</span>
            <p>
              <b>{entry.title}</b> {joinNames(entry.artists)}
              <span>{entry.why}</span>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
