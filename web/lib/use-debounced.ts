import { useEffect, useState } from 'react';

/** Longer than the pause between two keys of an unhurried typist. */
const DELAY_MS = 180;

/** The value, debounced: updated once it has not changed for `delayMs`. For queries sent while the user types. */
export function useDebounced<T>(value: T, delayMs = DELAY_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
