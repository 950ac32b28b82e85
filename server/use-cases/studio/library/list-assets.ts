import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countLibrary, listLibrary } from '#server/repos/studio/library/list-library.ts';
import type { LibrarySearch } from '#server/repos/studio/library/list-library.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { ListAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { AssetPage } from '#shared/contracts/studio/library/asset-views.ts';
import { searchWords } from '#shared/domain/studio/library/search-words.ts';
import { toAssetTile } from './asset-tile.ts';
import { restorableAfter } from './restorable.ts';

/** Counting on would take longer than the page itself. */
const COUNT_MAX = 1_000;

/**
 * A page of the actor's own assets, newest first, without deleted ones unless they are asked for. When no prompt has the words of the search, prompts
 * with similar words are found, and the page says so.
 */
export async function listAssets(deps: Pick<Deps, 'db' | 'now' | 'models'>, actor: Actor, input: ListAssetsInput): Promise<AssetPage> {
  const { cursor, limit: _limit, search: text = '', ...filter } = input;
  const words = searchWords(text);
  const search = { ...filter, words, userId: assetOwner(actor), deletedAfter: restorableAfter(deps), matching: cursor?.matching ?? 'words' } as const;
  // A text without a word, such as a row of dots, is in no prompt.
  if (text !== '' && words.length === 0) return { items: [], nextCursor: null, matching: 'words', count: 0, countMax: COUNT_MAX };
  const page = await readPage(deps, search, input);
  if (page.items.length > 0 || cursor || words.length === 0) return page;
  return readPage(deps, { ...search, matching: 'similar' }, input);
}

async function readPage(deps: Pick<Deps, 'db' | 'models'>, search: LibrarySearch, { cursor, limit }: ListAssetsInput): Promise<AssetPage> {
  const [rows, count] = await Promise.all([
    listLibrary(deps.db, search, { after: cursor, limit: limit + 1 }),
    cursor ? null : countLibrary(deps.db, search, COUNT_MAX + 1),
  ]);
  const items = rows.slice(0, limit).map((row) => toAssetTile(deps, row));
  const last = items.at(-1);
  const { matching } = search;
  const nextCursor = last && rows.length > limit ? { createdAt: last.createdAt, id: last.id, matching } : null;
  return { items, nextCursor, matching, count, countMax: COUNT_MAX };
}
