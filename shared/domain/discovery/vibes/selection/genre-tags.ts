import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { genresBelow } from '../lexicon/genres.ts';

/** A rule takes this many tags. */
const TAGS_MAX = 200;

const plain = (genre: string) =>
  foldText(genre)
    .replaceAll(/[^\p{L}\p{N}&]+/gu, ' ')
    .trim();
const joined = (genre: string) => plain(genre).replaceAll(' ', '');

const TAGS = new WeakMap<Catalog, readonly { readonly tag: string; readonly words: string; readonly joined: string }[]>();

function tagsOf(catalog: Catalog) {
  const known = TAGS.get(catalog);
  if (known) return known;
  const tags = [...catalog.tagNumbers.genre.keys()].map((tag) => ({ tag, words: ` ${plain(tag)} `, joined: joined(tag) }));
  TAGS.set(catalog, tags);
  return tags;
}

/**
 * The tags of a catalog that are a genre: its own name in any spelling, the names of the genres below it, and names that contain it ("swedish indie pop"
 * is indie pop). Empty when the catalog has none.
 */
export function tagsOfGenre(catalog: Catalog, genre: string): string[] {
  const below = new Set(genresBelow(genre).map(joined));
  const contained = ` ${plain(genre)} `;
  const found = tagsOf(catalog).filter((one) => below.has(one.joined) || one.words.includes(contained));
  return found.map(({ tag }) => tag).slice(0, TAGS_MAX);
}
