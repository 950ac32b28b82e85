const FLASH_MS = 1_600;
const FOCUSABLE = 'input:not([type="range"]), select, textarea, button';

/** Scrolls to a part of the policy in the builder, expands its section and focuses its first input. */
export function reveal(within: HTMLElement, path: string): void {
  const top = path.split('.')[0] ?? path;
  const section = within.querySelector(`[data-parts~="${CSS.escape(top)}"]`);
  section?.querySelector<HTMLButtonElement>('h2 > button[aria-expanded="false"]')?.click();
  requestAnimationFrame(() => {
    const element = nearestElement(within, path) ?? section;
    if (!(element instanceof HTMLElement)) return;
    element.scrollIntoView({ block: 'center' });
    element.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
    element.dataset['flash'] = '';
    setTimeout(() => delete element.dataset['flash'], FLASH_MS);
  });
}

/** Focuses a rule after an edit of the tree, if it still exists. */
export function focusRule(within: HTMLElement, path: string): void {
  nearestElement(within, path)?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

/** The element of that part, or of its nearest parent on the page. */
function nearestElement(within: HTMLElement, path: string): HTMLElement | null {
  for (let name = path; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const match = within.querySelector<HTMLElement>(`[data-path="${CSS.escape(name)}"]`);
    if (match) return match;
  }
  return null;
}
