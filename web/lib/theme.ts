import { useSyncExternalStore } from 'react';

/** The same key is read by public/theme.js before the first paint. */
const STORED_AS = 'segue.theme';
const PAPER = { light: '#f6f5f2', dark: '#0f1012' } as const;
type Theme = keyof typeof PAPER;

const listeners = new Set<() => void>();

/** Light or dark as the page is shown now, and a way to turn it over. Without a choice it follows the system. */
export function useTheme(): { readonly theme: Theme; readonly turnOver: () => void } {
  const theme = useSyncExternalStore(subscribe, shown, () => 'light' as const);
  return { theme, turnOver: () => choose(theme === 'dark' ? 'light' : 'dark') };
}

const shown = (): Theme => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    if (stored() === null) show(system.matches ? 'dark' : 'light');
  };
  listeners.add(listener);
  system.addEventListener('change', follow);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', follow);
  };
}

function choose(theme: Theme): void {
  try {
    localStorage.setItem(STORED_AS, theme);
  } catch (error) {
    // A browser that refuses storage still turns the page over; it only forgets.
    if (!(error instanceof DOMException)) throw error;
  }
  show(theme);
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', PAPER[theme]);
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}
