import { AppError } from '#shared/errors.ts';

interface Page<T> {
  readonly items: readonly (T | null)[];
  readonly total: number;
  readonly offset: number | null;
}

/** More than 11,000 items, the longest paged list, in pages of 50. */
const PAGES_MAX = 250;

/**
 * Reads all items in order, continuing after `first`. Throws `provider_unavailable` when the pages have fewer items than promised, shrink while they
 * are read, or do not end: missing items would look deleted or be created a second time.
 */
export async function readAllPages<T>(read: (offset: number) => Promise<Page<T>>, first?: Page<T> | null): Promise<(T | null)[]> {
  let { items, total } = first ?? (await read(0));
  const all = [...items];
  for (let pages = 1; all.length < total; pages += 1) {
    const page = await read(all.length);
    const isWrongPage = page.offset !== null && page.offset !== all.length;
    // A smaller total means a removal, which may have shifted an item onto a page already read. A larger total is harmless.
    if (page.items.length === 0 || isWrongPage || page.total < total || pages > PAGES_MAX) throw incomplete(total, all.length);
    ({ items, total } = page);
    all.push(...items);
  }
  return all;
}

function incomplete(expected: number, got: number): AppError {
  return new AppError('provider_unavailable', {
    message: `Spotify returned only ${got} of ${expected} entries.`,
    remedy: 'Segue tries again automatically; act only if this persists.',
    context: { kind: 'Incomplete', expected, got },
  });
}
