import { startTransition, useEffect, useState } from 'react';

/** What any screen shows at first, and a little more. */
const FIRST = 48;
/** As many as are drawn between two frames without a stutter. */
const TURN = 48;

/** How many of so many things are drawn by now: the first at once, the others by and by, so that no single turn holds the page up. */
export function useInTurns(length: number): number {
  const [drawn, setDrawn] = useState(FIRST);
  useEffect(() => {
    if (drawn >= length) return undefined;
    const turn = setTimeout(() => startTransition(() => setDrawn(drawn + TURN)));
    return () => clearTimeout(turn);
  }, [drawn, length]);
  return Math.min(drawn, length);
}
