/** A parsed Spotify search: free words and `field:value` filters. */
export interface SearchQuery {
  readonly words: readonly string[];
  readonly filters: Readonly<Partial<Record<SearchField, string>>>;
}

const SEARCH_FIELDS = ['album', 'artist', 'track', 'year', 'upc', 'isrc', 'genre', 'tag'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** Parses `artist:"nina falk" year:1971-1975 blue` into the filters artist and year and the word blue. */
export function parseSearch(text: string): SearchQuery {
  const filters: Partial<Record<SearchField, string>> = {};
  let rest = text;
  for (const [whole, name = '', quoted, bare = ''] of text.matchAll(/(\w+):(?:"([^"]*)"|(\S+))/g)) {
    const field = SEARCH_FIELDS.find((one) => one === name.toLowerCase());
    if (!field) continue;
    filters[field] = quoted ?? bare;
    rest = rest.replace(whole, ' ');
  }
  const words = foldSearchText(rest)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return { words, filters };
}

/** Lower case without accents, so that "sao" finds "São". */
export function foldSearchText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** True when the release year is within `1971` or `1971-1975`. */
export function isInYears(releaseDate: string, years: string): boolean {
  const [from = '', to = from] = years.split('-');
  const year = releaseDate.slice(0, 4);
  return year >= from && year <= to;
}
