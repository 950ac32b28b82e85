import { useEffect, useRef } from 'react';

/** Maximum time between the two keys of a "g x" chord. */
const CHORD_MS = 1_200;

/**
 * Page-wide shortcuts: single keys and "g x" chords. Ignored while a field or a dialog has the focus, and with a modifier key, which belongs to the
 * browser.
 */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let chordStartedAt: number | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || blocksShortcuts(event.target)) return;
      const shortcut = chordStartedAt !== undefined && event.timeStamp - chordStartedAt < CHORD_MS ? `g ${event.key}` : event.key;
      chordStartedAt = event.key === 'g' ? event.timeStamp : undefined;
      const action = latest.current[shortcut];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Moves the focus through a list with the arrow keys, Home and End. `selector` matches the focusable items. */
export function moveInList(event: React.KeyboardEvent<HTMLElement>, selector: string): void {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
  if (step === undefined || isTyping(event.target)) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const current = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const next = items[Math.min(items.length - 1, Math.max(0, current + step))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Moves the focus in a grid by layout: to the nearest item in the direction of the arrow key. */
export function moveInGrid(event: React.KeyboardEvent<HTMLElement>, selector: string): void {
  const direction = DIRECTIONS[event.key];
  if (!direction) return;
  const from = document.activeElement?.closest(selector)?.getBoundingClientRect();
  if (!from) return;
  const candidates = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)].flatMap((item) => {
    const to = item.getBoundingClientRect();
    const ahead = direction.x * (to.left - from.left) + direction.y * (to.top - from.top);
    const aside = Math.abs(direction.y * (to.left - from.left) + direction.x * (to.top - from.top));
    return ahead > 1 ? [{ item, distance: ahead + aside * OFF_AXIS_WEIGHT }] : [];
  });
  const [nearest] = candidates.toSorted((one, other) => one.distance - other.distance);
  if (!nearest) return;
  event.preventDefault();
  nearest.item.focus();
}

/** Off-axis distance counts double, so that an item straight ahead wins over a slightly closer one to the side. */
const OFF_AXIS_WEIGHT = 2;
const DIRECTIONS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** Typing and dialogs block shortcuts. A dialog that only shows something, like the list of shortcuts, lets them pass by `data-keys-pass`. */
function blocksShortcuts(target: EventTarget | null): boolean {
  return isTyping(target) || (target instanceof HTMLElement && target.closest('[role="dialog"]:not([data-keys-pass])') !== null);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/iu.test(target.tagName));
}
