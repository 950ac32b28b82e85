import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { IntakeLineView } from '#shared/contracts/views.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { trpc } from '#web/lib/trpc.ts';
import { count, listed } from '#web/lib/words.ts';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import { Skeleton } from '#web/ui/feedback/states.tsx';
import { LINE_WORDS } from './line-words.ts';
import type { LineFilter } from './line-filter.ts';
import styles from './line-window.module.css';

const PAGE = 200;
const ROW_PX = 46;
const OVERSCAN = 12;

/** A window on any number of lines: only what is in sight is asked for and drawn. */
export function LineWindow({ filter, total }: { readonly filter: LineFilter; readonly total: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  // No compiler memoises here, and nothing below depends on it.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: OVERSCAN });
  const shown = rows.getVirtualItems();
  const firstPage = Math.floor((shown[0]?.index ?? 0) / PAGE);
  const lastPage = Math.floor((shown.at(-1)?.index ?? 0) / PAGE);
  const refetchInterval = useLiveInterval();
  const pages = useQueries({
    queries: Array.from({ length: lastPage - firstPage + 1 }, (_, at) =>
      trpc.intake.lines.queryOptions({ ...filter, cursor: (firstPage + at) * PAGE, limit: PAGE }, { refetchInterval }),
    ),
  });
  const lineAt = (index: number) => pages[Math.floor(index / PAGE) - firstPage]?.data?.items[index % PAGE];
  return (
    <div className={styles['window']} role="table" aria-label="Intake lines" aria-rowcount={total + 1}>
      <div className={styles['head']} role="row" aria-rowindex={1}>
        {['Line', 'Given', 'Fate', 'What to do'].map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
      </div>
      <div ref={scroller} className={styles['scroll']} tabIndex={0} role="rowgroup" aria-label={`${count(total)} lines, scroll with the arrow keys`}>
        <div className={styles['tall']} style={{ height: rows.getTotalSize() }}>
          {shown.map((row) => (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              role="row"
              aria-rowindex={row.index + 2}
              className={styles['row']}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Line line={lineAt(row.index)} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Line({ line }: { readonly line: IntakeLineView | undefined }) {
  if (!line) {
    return (
      <span role="cell">
        <Skeleton width="40px" height="14px" />
      </span>
    );
  }
  const words = LINE_WORDS[line.status];
  return (
    <>
      <span role="cell" className={styles['number']}>
        {count(line.lineNumber)}
      </span>
      <span role="cell" className={styles['given']}>
        {line.albumName ? (
          <>
            <b>{line.albumName}</b> <span>{listed(line.artistNames ?? [])}</span>
          </>
        ) : (
          <span className="mono">{line.given}</span>
        )}
      </span>
      <span role="cell">
        <StateText tone={words.tone}>{words.name}</StateText>
      </span>
      <span role="cell" className={styles['todo']}>
        {line.problem ? (
          <>
            <b>{line.problem}</b> {line.remedy}
          </>
        ) : line.duplicateOf ? (
          `The same album as line ${count(line.duplicateOf.lineNumber)}.`
        ) : (
          ''
        )}
      </span>
    </>
  );
}
