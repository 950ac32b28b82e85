import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** A row of the compact density; each is measured once it is drawn. */
const ROW_PX = 38;
const OVERSCAN = 16;

interface LongBodyProps<T> {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
  /** How many cells a row has. */
  readonly columns: number;
  readonly renderCells: (row: T) => ReactNode;
}

/**
 * The rows of a long table, of which only those near the screen are drawn; the page scrolls as if all were. The row that holds the focus stays,
 * however far it is scrolled away, so that the keyboard's place is not lost.
 */
export function LongBody<T>({ rows, keyOf, columns, renderCells }: LongBodyProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const focused = useRef<number | null>(null);
  const top = useTopOf(body);
  // No compiler memoises here, and nothing below depends on it.
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
  let reached = top;
  return (
    <tbody ref={body} onFocus={(event) => (focused.current = placeOf(event.target))} onBlur={() => (focused.current = null)}>
      {shown.flatMap((item) => {
        const row = rows[item.index];
        if (row === undefined) return [];
        const gap = item.start - reached;
        reached = item.end;
        return [
          ...(gap > 0 ? [<Gap key={`before ${item.index}`} height={gap} columns={columns} />] : []),
          <tr key={item.key} ref={window.measureElement} data-index={item.index} aria-rowindex={item.index + 2}>
            {renderCells(row)}
          </tr>,
        ];
      })}
      <Gap height={Math.max(0, top + window.getTotalSize() - reached)} columns={columns} />
    </tbody>
  );
}

/** The room of rows that are not drawn. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return height === 0 ? null : (
    <tr aria-hidden data-gap style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}

/** Where an element begins on the page, kept true while what stands above it grows or shrinks. */
function useTopOf(element: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + scrollY));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [element]);
  return top;
}

function withFocused(range: Range, focused: number | null): number[] {
  const near = defaultRangeExtractor(range);
  return focused === null || focused >= range.count || near.includes(focused) ? near : [...near, focused].toSorted((one, other) => one - other);
}

function placeOf(target: Element): number | null {
  const at = target.closest<HTMLElement>('tr[data-index]')?.dataset['index'];
  return at === undefined ? null : Number(at);
}
