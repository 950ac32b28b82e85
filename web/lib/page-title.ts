import { useEffect } from 'react';

/** Names the page in the tab and the history, most telling word first. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Segue` : 'Segue';
  }, [title]);
}
