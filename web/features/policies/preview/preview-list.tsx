import { useState } from 'react';
import { dayNameFull } from '#web/lib/dates.ts';
import { count, joinNames, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { PreviewFlowChart } from '../editor/flow-chart.tsx';
import styles from './preview-list.module.css';
import type { DraftResults } from './use-draft-results.ts';

type Preview = NonNullable<DraftResults['preview']['data']>;

const FIRST_SHOWN = 12;
const ROW_PX = 54;

interface PreviewListProps {
  readonly answers: DraftResults;
  readonly size: number;
}

/** The list that the draft would make today, each track with its reason, and a chart of its flow. Nothing is stored. */
export function PreviewList({ answers: { preview, isCurrent, isValid }, size }: PreviewListProps) {
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
      {view.entries.length > 1 ? <PreviewFlowChart entries={view.entries} /> : null}
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
