import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ImportLineView } from '#shared/contracts/catalog/import-views.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { trpc } from '#web/lib/trpc.ts';
import { count, joinNames } from '#web/lib/words.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { Skeleton } from '#web/ui/feedback/states.tsx';
import { LINE_STATUS_LABELS } from './line-status-labels.ts';
import type { LineFilter } from './line-filter.ts';
import styles from './import-line-table.module.css';

const PAGE = 200;
const ROW_PX = 46;
const OVERSCAN = 12;

/** A virtualized table of import lines: only visible rows are fetched and rendered. */
export function ImportLineTable({ filter, total }: { readonly filter: LineFilter; readonly total: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  // The React Compiler is not used, and nothing below depends on memoization.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: OVERSCAN });
  const shown = rows.getVirtualItems();
  const firstPage = Math.floor((shown[0]?.index ?? 0) / PAGE);
  const lastPage = Math.floor((shown.at(-1)?.index ?? 0) / PAGE);
  const refetchInterval = useLiveInterval();
  const pages = useQueries({
    queries: Array.from({ length: lastPage - firstPage + 1 }, (_, at) =>
      trpc.catalog.importLines.queryOptions({ ...filter, cursor: (firstPage + at) * PAGE, limit: PAGE }, { refetchInterval }),
    ),
  });
  const lineAt = (index: number) => pages[Math.floor(index / PAGE) - firstPage]?.data?.items[index % PAGE];
  return (
    <div className={styles['window']} role="table" aria-label="Import lines" aria-rowcount={total + 1}>
      <div className={styles['head']} role="row" aria-rowindex={1}>
        {['Line', 'Link or album', 'Status', 'What to do'].map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
      </div>
      <div ref={scroller} className={styles['scroll']} tabIndex={0} role="rowgroup" aria-label={`${count(total)} lines. Scroll with the arrow keys.`}>
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
              <Line line={lineAt(row.index)} intakeId={filter.intakeId} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Line({ line, intakeId }: { readonly line: ImportLineView | undefined; readonly intakeId: string | undefined }) {
  if (!line) {
    return (
      <span role="cell">
        <Skeleton width="40px" height="14px" />
      </span>
    );
  }
  const status = LINE_STATUS_LABELS[line.status];
  return (
    <>
      <span role="cell" className={styles['number']}>
        {count(line.lineNumber)}
      </span>
      <span role="cell" className={styles['album']}>
        {line.albumName ? (
          <>
            <b>{line.albumName}</b> <span>{joinNames(line.artistNames ?? [])}</span>
          </>
        ) : (
          <span className="mono">{line.given}</span>
        )}
      </span>
      <span role="cell">
        <StatusText tone={status.tone}>{status.name}</StatusText>
      </span>
      <span role="cell" className={styles['remedy']}>
        {line.problem ? (
          <>
            <b>{line.problem}</b> {line.remedy}
          </>
        ) : line.duplicateOf ? (
          describeDuplicate(line.duplicateOf, intakeId)
        ) : (
          ''
        )}
      </span>
    </>
  );
}

/** Without the filter of one import, the table does not know whether the first line is in the same import. */
function describeDuplicate(first: NonNullable<ImportLineView['duplicateOf']>, intakeId: string | undefined): string {
  const line = `line ${count(first.lineNumber)}`;
  if (intakeId === undefined) return `Same album as an earlier line (${line} of its import).`;
  return first.intakeId === intakeId ? `Same album as ${line} above.` : `Same album as ${line} of an earlier import.`;
}
