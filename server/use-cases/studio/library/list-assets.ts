import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countLibrary, listKnownWords, listLibrary } from '#server/repos/studio/library/list-library.ts';
import type { LibrarySearch } from '#server/repos/studio/library/list-library.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { ListAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { AssetPage } from '#shared/contracts/studio/library/asset-views.ts';
import { searchWords } from '#shared/domain/studio/library/search-words.ts';
import { toAssetTile } from './asset-tile.ts';
import { restorableAfter } from './restorable.ts';

/** Counting on would take longer than the page itself. */
const COUNT_MAX = 1_000;

/** Scripts without spaces between words: a word may be any part of a prompt. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

/**
 * A page of the actor's own assets, newest first, without deleted ones unless they are asked for. When no prompt has the words of the search, those that
 * no prompt has are compared by likeness, and the page says so.
 */
export async function listAssets(deps: Pick<Deps, 'db' | 'now' | 'models'>, actor: Actor, input: ListAssetsInput): Promise<AssetPage> {
  const { cursor, limit: _limit, search: text = '', ...filter } = input;
  const words = searchWords(text);
  const search = { ...filter, words, similar: [], userId: assetOwner(actor), deletedAfter: restorableAfter(deps) };
  // A text without a word, such as a row of dots, is in no prompt.
  if (text !== '' && words.length === 0) return { items: [], nextCursor: null, matching: 'words', count: 0, countMax: COUNT_MAX };
  if (cursor?.matching === 'similar') return readPage(deps, await withSimilar(deps, search), input);
  const page = await readPage(deps, search, input);
  if (page.items.length > 0 || cursor || words.length === 0) return page;
  const loose = await withSimilar(deps, search);
  return loose.similar.length === 0 ? page : readPage(deps, loose, input);
}

/** The search with the words that no prompt has compared by likeness. Known words stay as they are: comparing common ones takes seconds and finds no more. */
async function withSimilar(deps: Pick<Deps, 'db'>, search: LibrarySearch): Promise<LibrarySearch> {
  const spaced = search.words.filter((word) => !UNSPACED.test(word));
  const known = await listKnownWords(deps.db, search.userId, spaced);
  return { ...search, words: known, similar: search.words.filter((word) => !known.includes(word)) };
}

async function readPage(deps: Pick<Deps, 'db' | 'models'>, search: LibrarySearch, { cursor, limit }: ListAssetsInput): Promise<AssetPage> {
  const hasWords = search.words.length + search.similar.length > 0;
  const count = cursor && !hasWords ? null : await countLibrary(deps.db, search, COUNT_MAX + 1);
  const areFew = hasWords && count !== null && count <= COUNT_MAX;
  const rows = count === 0 ? [] : await listLibrary(deps.db, search, { after: cursor, limit: limit + 1, areFew });
  const items = rows.slice(0, limit).map((row) => toAssetTile(deps, row));
  const last = items.at(-1);
  const matching = search.similar.length > 0 ? ('similar' as const) : ('words' as const);
  const nextCursor = last && rows.length > limit ? { createdAt: last.createdAt, id: last.id, matching } : null;
  return { items, nextCursor, matching, count: cursor ? null : count, countMax: COUNT_MAX };
}
