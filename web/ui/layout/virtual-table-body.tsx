import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** Estimated row height at compact density; each row is measured once rendered. */
const ROW_PX = 38;
const OVERSCAN = 16;

interface LongBodyProps<T> {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
  /** Number of cells per row. */
  readonly columns: number;
  readonly renderCells: (row: T) => ReactNode;
}

/**
 * The virtualized body of a long table: only rows near the viewport are rendered, and the page scrolls as if all were. The row that has the focus
 * stays rendered however far it is scrolled away, so that keyboard focus is not lost.
 */
export function VirtualTableBody<T>({ rows, keyOf, columns, renderCells }: LongBodyProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const focused = useRef<number | null>(null);
  const top = useTopOf(body);
  // The React Compiler is not used, and nothing below depends on memoization.
  // oxlint-disable-next-line react/incompatible-library
  const window = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (at) => {
      const row = rows[at];
      return row === undefined ? at : keyOf(row);
    },
    rangeExtractor: (range) => withFocused(range, focused.current),
  });
  const shown = window.getVirtualItems();
  let renderedTo = top;
  return (
    <tbody ref={body} onFocus={(event) => (focused.current = rowIndexOf(event.target))} onBlur={() => (focused.current = null)}>
      {shown.flatMap((item) => {
        const row = rows[item.index];
        if (row === undefined) return [];
        const gap = item.start - renderedTo;
        renderedTo = item.end;
        return [
          ...(gap > 0 ? [<Gap key={`before ${item.index}`} height={gap} columns={columns} />] : []),
          <tr key={item.key} ref={window.measureElement} data-index={item.index} aria-rowindex={item.index + 2}>
            {renderCells(row)}
          </tr>,
        ];
      })}
      <Gap height={Math.max(0, top + window.getTotalSize() - renderedTo)} columns={columns} />
    </tbody>
  );
}

/** The space of rows that are not rendered. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return height === 0 ? null : (
    <tr aria-hidden data-gap style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}

/** An element's top on the page in pixels, updated while content above it grows or shrinks. */
function useTopOf(element: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}

function withFocused(range: Range, focused: number | null): number[] {
  const visible = defaultRangeExtractor(range);
  return focused === null || focused >= range.count || visible.includes(focused)
    ? visible
    : [...visible, focused].toSorted((one, other) => one - other);
}

function rowIndexOf(target: Element): number | null {
  const at = target.closest<HTMLElement>('tr[data-index]')?.dataset['index'];
  return at === undefined ? null : Number(at);
}
