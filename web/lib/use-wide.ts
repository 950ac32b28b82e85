import { useSyncExternalStore } from 'react';

/** The width from which a page has two columns; the style sheets use the same. */
const WIDE = '(min-width: 1081px)';

/** Whether the window is wide enough for two columns. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
