import { useEffect, useState } from 'react';

/** Between two keys of somebody who types without haste. */
const SETTLES_AFTER_MS = 180;

/** A value once it has stopped changing: what is asked of the server while somebody types. */
export function useSettled<T>(value: T, afterMs = SETTLES_AFTER_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
