import { useEffect, useState } from 'react';

/** How often the value is updated. */
const UPDATE_MS = 5_000;

/** The current time in milliseconds since the epoch, at most 5 s old. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), UPDATE_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
