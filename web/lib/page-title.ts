import { useEffect } from 'react';

/** Sets the document title: the page's own title first, then "Segue". */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Segue` : 'Segue';
  }, [title]);
}
