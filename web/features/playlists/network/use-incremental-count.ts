import { startTransition, useEffect, useState } from 'react';

/** Items rendered at once: slightly more than any screen shows. */
const INITIAL_COUNT = 48;
/** Items added per step; this many render between two frames without a stutter. */
const STEP = 48;

/** How many of `length` items to render: the first 48 at once, the rest in steps of 48, so that no single render blocks the page. */
export function useIncrementalCount(length: number): number {
  const [rendered, setRendered] = useState(INITIAL_COUNT);
  useEffect(() => {
    if (rendered >= length) return undefined;
    const timer = setTimeout(() => startTransition(() => setRendered(rendered + STEP)));
    return () => clearTimeout(timer);
  }, [rendered, length]);
  return Math.min(rendered, length);
}
