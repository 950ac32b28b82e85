const FLASH_MS = 1_600;
const FOCUSABLE = 'input:not([type="range"]), select, textarea, button';

/** Shows where a part of the document stands in the builder, unfolds what hides it, and puts the hand on it. */
export function reveal(within: HTMLElement, path: string): void {
  const top = path.split('.')[0] ?? path;
  const section = within.querySelector(`[data-parts~="${CSS.escape(top)}"]`);
  section?.querySelector<HTMLButtonElement>('h2 > button[aria-expanded="false"]')?.click();
  requestAnimationFrame(() => {
    const place = nearestPlace(within, path) ?? section;
    if (!(place instanceof HTMLElement)) return;
    place.scrollIntoView({ block: 'center' });
    place.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
    place.dataset['flash'] = '';
    setTimeout(() => delete place.dataset['flash'], FLASH_MS);
  });
}

/** Puts the hand on a rule after an edit of the tree, where it still is. */
export function focusRule(within: HTMLElement, path: string): void {
  nearestPlace(within, path)?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

/** The element of that part, or of the nearest part around it. */
function nearestPlace(within: HTMLElement, path: string): HTMLElement | null {
  for (let name = path; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const found = within.querySelector<HTMLElement>(`[data-path="${CSS.escape(name)}"]`);
    if (found) return found;
  }
  return null;
}
