import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { AssetTile } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { dayName } from '#web/lib/dates.ts';
import { LibraryTile } from './library-tile.tsx';
import { WALL_GAP_PX, wallRows } from './wall-rows.ts';
import styles from './library-wall.module.css';

/** Rows that are rendered before they are seen. */
const OVERSCAN = 4;
/** So many rows before the end the next page is loaded. */
const AHEAD = 8;

interface WallProps {
  readonly tiles: readonly AssetTile[];
  readonly openId: AssetId | null;
  readonly selected: ReadonlySet<AssetId>;
  readonly onOpen: (at: number) => void;
  readonly onToggle: (at: number, isExtending: boolean) => void;
  readonly onStar: (tile: AssetTile) => void;
  readonly onDelete: (tile: AssetTile) => void;
  /** Undefined when everything is loaded. */
  readonly onMore: (() => void) | undefined;
}

/** The wall of tiles. Only rows near the window are in the page, and the page scrolls as if all were. Arrows go through it in reading order. */
export function LibraryWall({ tiles, openId, selected, onOpen, onToggle, onStar, onDelete, onMore }: WallProps) {
  const wall = useRef<HTMLDivElement>(null);
  const { width, top } = useBox(wall);
  const [stop, setStop] = useState(0);
  const wanted = useRef<number | null>(null);
  const rows = useMemo(() => (width > 0 ? wallRows(tiles, { width, rowHeight: width < 560 ? 140 : 208 }) : []), [tiles, width]);
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler is not used
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (at) => rows[at]?.height ?? 0,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (at) => rows[at]?.key ?? at,
  });
  useEffect(() => virtual.measure(), [rows, virtual]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onMore && rows.length > 0 && last >= rows.length - AHEAD) onMore();
  }, [last, rows.length, onMore]);
  // A tile that was far away has the focus as soon as it is in the page.
  useEffect(() => {
    if (wanted.current === null) return;
    const button = wall.current?.querySelector<HTMLElement>(`[data-at="${wanted.current}"]`);
    if (!button) return;
    wanted.current = null;
    button.focus({ preventScroll: true });
  });
  const goTo = (at: number): void => {
    const target = Math.min(tiles.length - 1, Math.max(0, at));
    setStop(target);
    wanted.current = target;
    const row = rows.findIndex((one) => one.kind === 'tiles' && one.tiles.some((placed) => placed.at === target));
    virtual.scrollToIndex(row, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = Number((event.target as HTMLElement).dataset['at'] ?? Number.NaN);
    const tile = tiles[at];
    if (!tile || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keyAction(event.key, { at, shift: event.shiftKey, rowStep: (step) => besideRow(rows, at, step) });
    if (!action) return;
    event.preventDefault();
    if (action.kind === 'go') {
      if (event.shiftKey) onToggle(action.to, true);
      goTo(action.to);
    } else if (action.kind === 'toggle') onToggle(at, event.shiftKey);
    else if (action.kind === 'star') onStar(tile);
    else onDelete(tile);
  };
  return (
    <div
      ref={wall}
      role="list"
      aria-label="Pictures and videos"
      aria-description="Arrow keys move, Space selects, Enter opens, S stars, Delete deletes."
      className={styles['wall']}
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={onKeyDown}
      // Firefox presses a button when Space is released.
      onKeyUp={(event) => (event.key === ' ' && (event.target as HTMLElement).dataset['at'] !== undefined ? event.preventDefault() : undefined)}
    >
      {shown.map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        const place = { transform: `translateY(${item.start - top}px)` };
        if (row.kind === 'day') {
          return (
            <p key={item.key} className={styles['day']} style={place} role="presentation">
              {dayName(row.day)}
            </p>
          );
        }
        return (
          <div key={item.key} className={styles['row']} style={{ ...place, height: row.height - WALL_GAP_PX }} role="presentation">
            {row.tiles.map((placed) => (
              <LibraryTile
                key={placed.tile.id}
                {...placed}
                isOpen={placed.tile.id === openId}
                isSelected={selected.has(placed.tile.id)}
                isStop={placed.at === Math.min(stop, tiles.length - 1)}
                onOpen={onOpen}
                onToggle={onToggle}
                onFocus={setStop}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

type WallAction = { readonly kind: 'go'; readonly to: number } | { readonly kind: 'toggle' | 'star' | 'delete' };

function keyAction(
  key: string,
  { at, rowStep }: { readonly at: number; readonly shift: boolean; readonly rowStep: (step: 1 | -1) => number },
): WallAction | undefined {
  switch (key) {
    case 'ArrowRight':
      return { kind: 'go', to: at + 1 };
    case 'ArrowLeft':
      return { kind: 'go', to: at - 1 };
    case 'ArrowDown':
      return { kind: 'go', to: rowStep(1) };
    case 'ArrowUp':
      return { kind: 'go', to: rowStep(-1) };
    case 'Home':
      return { kind: 'go', to: 0 };
    case ' ':
      return { kind: 'toggle' };
    case 's':
    case 'S':
      return { kind: 'star' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'delete' };
    default:
      return undefined;
  }
}

/** The tile at the same place of the row before or after; the same tile when there is no such row. */
function besideRow(rows: ReturnType<typeof wallRows>, at: number, step: 1 | -1): number {
  const walls = rows.filter((row) => row.kind === 'tiles');
  const here = walls.findIndex((row) => row.tiles.some((placed) => placed.at === at));
  const next = walls[here + step];
  if (!next) return at;
  const column = walls[here]?.tiles.findIndex((placed) => placed.at === at) ?? 0;
  return next.tiles[Math.min(column, next.tiles.length - 1)]?.at ?? at;
}

/** The width of an element and its top on the page, in pixels, as they change. */
function useBox(element: React.RefObject<HTMLElement | null>): { readonly width: number; readonly top: number } {
  const [box, setBox] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const measure = () => {
      const rectangle = element.current?.getBoundingClientRect();
      if (!rectangle) return;
      const next = { width: Math.floor(rectangle.width), top: Math.round(rectangle.top + scrollY) };
      setBox((old) => (old.width === next.width && old.top === next.top ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return box;
}
