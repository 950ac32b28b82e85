import { useEffect, useState } from 'react';

/** What is left of minutes is told anew this often. */
const TELL_MS = 5_000;

/** Milliseconds since the epoch, as of a few seconds ago at most. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TELL_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
