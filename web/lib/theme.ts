import { useSyncExternalStore } from 'react';

/** public/theme.js reads the same key before the first paint. */
const STORAGE_KEY = 'segue.theme';
const THEME_COLORS = { light: '#f6f5f2', dark: '#0f1012' } as const;
type Theme = keyof typeof THEME_COLORS;

const listeners = new Set<() => void>();

/** The current theme and a function that toggles it. Without a stored choice the theme follows the system. */
export function useTheme(): { readonly theme: Theme; readonly toggle: () => void } {
  const theme = useSyncExternalStore(subscribe, currentTheme, () => 'light' as const);
  return { theme, toggle: () => choose(theme === 'dark' ? 'light' : 'dark') };
}

const currentTheme = (): Theme => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');

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
    localStorage.setItem(STORAGE_KEY, theme);
  } catch (error) {
    // Without storage the theme still changes; the choice is only not remembered.
    if (!(error instanceof DOMException)) throw error;
  }
  show(theme);
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', THEME_COLORS[theme]);
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
