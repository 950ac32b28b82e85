import { useEffect, useState } from 'react';

const SECOND_MS = 1_000;

/** The present in milliseconds since the epoch, stepping once a second while something is `running`. */
export function useSeconds(running: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [running]);
  return nowMs;
}
