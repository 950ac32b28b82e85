import { useEffect, useRef } from 'react';

/** After "g", how long the second letter is waited for. */
const CHORD_MS = 1_200;

/**
 * Single keys and "g x" chords, page-wide. Never while somebody types or answers a dialog, and never with a modifier that belongs to the browser.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let began: number | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return;
      const chord = began !== undefined && event.timeStamp - began < CHORD_MS ? `g ${event.key}` : event.key;
      began = event.key === 'g' ? event.timeStamp : undefined;
      const act = latest.current[chord];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Moves the focus along a list with the arrow keys, Home and End; `selector` names what can be focused in it. */
export function moveInList(event: React.KeyboardEvent<HTMLElement>, selector: string): void {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
  if (step === undefined || isTyping(event.target)) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const here = stops.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement));
  const next = stops[Math.min(stops.length - 1, Math.max(0, here + step))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Moves the focus on a wall by what the eye sees: to the nearest stop on that side. */
export function moveOnWall(event: React.KeyboardEvent<HTMLElement>, selector: string): void {
  const side = SIDES[event.key];
  if (!side) return;
  const here = document.activeElement?.closest(selector)?.getBoundingClientRect();
  if (!here) return;
  const beyond = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)].flatMap((stop) => {
    const there = stop.getBoundingClientRect();
    const ahead = side.x * (there.left - here.left) + side.y * (there.top - here.top);
    const aside = Math.abs(side.y * (there.left - here.left) + side.x * (there.top - here.top));
    return ahead > 1 ? [{ stop, far: ahead + aside * ASIDE_COSTS }] : [];
  });
  const [nearest] = beyond.toSorted((one, other) => one.far - other.far);
  if (!nearest) return;
  event.preventDefault();
  nearest.stop.focus();
}

/** A stop straight ahead is nearer than one a little closer but off the line. */
const ASIDE_COSTS = 2;
const SIDES: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** A dialog is answered before anything else is done; one that only shows something, like the list of keys, says that keys pass through it. */
function isBusy(target: EventTarget | null): boolean {
  return isTyping(target) || (target instanceof HTMLElement && target.closest('[role="dialog"]:not([data-keys-pass])') !== null);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/iu.test(target.tagName));
}
