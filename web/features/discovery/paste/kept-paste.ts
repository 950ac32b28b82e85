/** A list as it was pasted or read from a file. */
interface Paste {
  readonly text: string;
  readonly fileName: string | undefined;
}

const KEY = 'segue.discover.paste';

/** What was pasted in this tab, so that leaving the page and coming back loses nothing. */
export function keptPaste(): Paste {
  try {
    const { text, fileName } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Readonly<Record<string, unknown>>;
    return { text: typeof text === 'string' ? text : '', fileName: typeof fileName === 'string' ? fileName : undefined };
  } catch {
    return { text: '', fileName: undefined };
  }
}

/** Keeps a paste until the tab is closed. One that is too large for the browser's storage stays on the page alone. */
export function keepPaste(paste: Paste): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(paste));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Forgets what was pasted. */
export function forgetPaste(): void {
  sessionStorage.removeItem(KEY);
}
