import { AppError } from '#shared/errors.ts';

interface Page<T> {
  readonly items: readonly (T | null)[];
  readonly total: number;
  readonly offset: number | null;
}

/** 11,000 items, the most of anything that is paged for us, in pages of 50. */
const PAGES_MAX = 250;

/**
 * All items in order, from what is at hand onwards. All or nothing: throws `provider_unavailable` when the pages hold fewer than they
 * promise, shrink meanwhile or do not end, because what is missing here would look deleted or would be created a second time.
 */
export async function readAllPages<T>(read: (offset: number) => Promise<Page<T>>, first?: Page<T> | null): Promise<(T | null)[]> {
  let { items, total } = first ?? (await read(0));
  const all = [...items];
  for (let pages = 1; all.length < total; pages += 1) {
    const page = await read(all.length);
    const isWrongPage = page.offset !== null && page.offset !== all.length;
    // Fewer than before: what was taken away may have moved something past us. More is harmless.
    if (page.items.length === 0 || isWrongPage || page.total < total || pages > PAGES_MAX) throw incomplete(total, all.length);
    ({ items, total } = page);
    all.push(...items);
  }
  return all;
}

function incomplete(expected: number, got: number): AppError {
  return new AppError('provider_unavailable', {
    message: `Spotify showed ${got} of ${expected} entries and no more.`,
    remedy: 'It is tried again by itself; nothing has to be done unless it lasts.',
    context: { kind: 'Incomplete', expected, got },
  });
}
