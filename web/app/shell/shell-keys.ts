import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '#web/lib/keyboard.ts';
import { ROOMS } from './rooms.ts';

export type OpenPanel = 'find' | 'keys' | null;

/** Global shortcuts: "/" opens search, "?" lists the shortcuts, "g" and a letter opens a page. */
export function useShellKeys(open: (panel: OpenPanel) => void, isAdmin: boolean): void {
  const navigate = useNavigate();
  const go = (to: (typeof ROOMS)[number]['to']) => {
    open(null);
    void navigate({ to });
  };
  const pages = ROOMS.filter((page) => isAdmin || !page.admin).map((page) => [`g ${page.key}`, () => go(page.to)] as const);
  useKeys({ '/': () => open('find'), '?': () => open('keys'), ...Object.fromEntries(pages) });
}
