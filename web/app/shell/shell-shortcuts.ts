import { useNavigate } from '@tanstack/react-router';
import { useShortcuts } from '#web/lib/keyboard.ts';
import { PAGES } from './pages.ts';

export type OpenPanel = 'find' | 'keys' | null;

/** The page's own search takes the key, where it has one. */
function focusPageSearch(): boolean {
  const box = document.querySelector<HTMLElement>('[data-page-search]');
  box?.focus();
  return box !== null;
}

/** Global shortcuts: "/" goes to the page's search or opens the one of everything, "?" lists the shortcuts, "g" and a letter opens a page. */
export function useShellShortcuts(open: (panel: OpenPanel) => void, isAdmin: boolean): void {
  const navigate = useNavigate();
  const go = (to: (typeof PAGES)[number]['to']) => {
    open(null);
    void navigate({ to });
  };
  const pages = PAGES.filter((page) => isAdmin || !page.admin).map((page) => [`g ${page.key}`, () => go(page.to)] as const);
  useShortcuts({ '/': () => focusPageSearch() || open('find'), '?': () => open('keys'), ...Object.fromEntries(pages) });
}
