import type { HistorySummary } from '#shared/contracts/studio/generation-history.ts';
import { count, percent, plural } from '#web/lib/words.ts';
import styles from './history.module.css';

/** The last days as ranked lists: models with their success rate, moods, and the most frequent reasons of failures. */
export function HistorySummaryPanel({ summary }: { readonly summary: HistorySummary }) {
  const { models, moods, failures } = summary;
  return (
    <div className={styles['lists']}>
      <Ranking
        title="Models"
        rows={models.map(({ model, attempts, successRate }) => ({
          name: model,
          attempts,
          detail: successRate === null ? 'none finished' : `${percent(successRate)} succeeded`,
        }))}
      />
      <Ranking title="Moods" rows={moods.map(({ mood, attempts }) => ({ name: mood, attempts }))} />
      <Ranking title="Why attempts failed" rows={failures.map(({ reason, attempts }) => ({ name: reason, attempts }))} empty="Nothing failed." />
    </div>
  );
}

interface RankingProps {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly attempts: number; readonly detail?: string }[];
  readonly empty?: string;
}

function Ranking({ title, rows, empty = 'Nothing yet.' }: RankingProps) {
  const most = Math.max(1, ...rows.map(({ attempts }) => attempts));
  return (
    <section>
      <h3>{title}</h3>
      {rows.length === 0 ? <p className={styles['empty']}>{empty}</p> : null}
      <ul>
        {rows.map(({ name, attempts, detail }) => (
          <li key={name}>
            <span>{name}</span>
            <b>{count(attempts)}</b>
            <span className={styles['bar']} aria-hidden>
              <span style={{ width: `${(attempts / most) * 100}%` }} />
            </span>
            {detail ? <span className={styles['detail']}>{detail}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The answer of the page: how many covers were attempted, how many succeeded, and how long they took. */
export function historyHeadline({ attempts, successRate, medianSeconds, days }: HistorySummary): string {
  if (attempts === 0) return `No covers in the last ${days} days`;
  const rate = successRate === null ? 'none has finished' : `${percent(successRate)} succeeded`;
  const time = medianSeconds === null ? '' : `, half of them within ${medianSeconds < 10 ? medianSeconds.toFixed(1) : Math.round(medianSeconds)} s`;
  return `${plural(attempts, 'attempt')} in ${days} days: ${rate}${time}.`;
}
