import { useState } from 'react';
import { dayNameFull } from '#web/lib/dates.ts';
import { count, joinNames, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { PreviewFlowChart } from '../editor/flow-chart.tsx';
import styles from './preview-list.module.css';
import { SpreadCharts } from './spread-charts.tsx';
import type { DraftResults } from './use-draft-results.ts';
import { WindowChart } from './window-chart.tsx';

type Preview = NonNullable<DraftResults['preview']['data']>;

const FIRST_SHOWN = 12;
const ROW_PX = 54;

interface PreviewListProps {
  readonly answers: DraftResults;
  readonly size: number;
  /** Whether lists are chosen as a whole: only they have a spread and a level to show. */
  readonly isWhole: boolean;
}

/** The list that the draft would make today: pictures of its spread, flow and level, and each track with its reason. Nothing is stored. */
export function PreviewList({ answers: { preview, window, isCurrent, isValid }, size, isWhole }: PreviewListProps) {
  const [isAll, setAll] = useState(false);
  const view = preview.data;
  const isStale = !isCurrent || preview.isPlaceholderData || !isValid;
  if (preview.error && !view) return <InlineError error={preview.error} />;
  if (!view) return <Skeleton height={`${Math.min(size, FIRST_SHOWN) * ROW_PX + 150}px`} />;
  const shown = isAll ? view.entries : view.entries.slice(0, FIRST_SHOWN);
  return (
    <section className={styles['preview']} aria-label="Preview" data-stale={isStale || undefined}>
      <h2>{titleOf(view)}</h2>
      <p className="small muted">{poolText(view)}</p>
      {view.shortfall.length > 0 ? (
        <ul className={styles['shortfall']}>
          {view.shortfall.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {view.notes.length > 0 ? (
        <ul className={styles['notes']} aria-label="Notes">
          {view.notes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {isWhole && view.entries.length > 0 ? <SpreadCharts spreads={view.spreads} /> : null}
      {view.entries.length > 1 ? <PreviewFlowChart entries={view.entries} /> : null}
      {isWhole && window.data ? <WindowChart days={window.data.days} /> : null}
      <ol className={styles['list']}>
        {shown.map((entry) => (
          <Entry key={entry.position} entry={entry} />
        ))}
      </ol>
      {view.entries.length > FIRST_SHOWN ? (
        <Button look="quiet" size="small" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? `Show first ${FIRST_SHOWN}` : `Show all ${view.entries.length}`}
        </Button>
      ) : null}
    </section>
  );
}

function Entry({ entry }: { readonly entry: Preview['entries'][number] }) {
  return (
    <li>
      <span className={styles['position']}>{entry.position}</span>
      <div>
        <b>{entry.title}</b> <span>{joinNames(entry.artists)}</span>
        <p>
          {entry.block ? <em>{entry.block} · </em> : null}
          {entry.why}
        </p>
      </div>
      <span className={styles['key']}>{entry.camelot ?? ''}</span>
    </li>
  );
}

function titleOf({ entries, day }: Preview): string {
  return entries.length === 0 ? 'No list possible today' : `${plural(entries.length, 'track')} for ${dayNameFull(day).replace(/ \d{4}$/u, '')}`;
}

function poolText({ candidates, resting, pool }: Preview): string {
  return `Chosen from ${plural(candidates, 'candidate')} (pool ${count(pool)}, in repeat window ${count(resting)}). Nothing is stored.`;
}
