import { dayText } from '#shared/domain/calendar.ts';
import { foldText } from './text-match.ts';
import type { Catalog } from './catalog-columns.ts';

/** A season: what its titles say, and its first and last day of the year as MM-DD; it may go over the end of the year. */
interface Season {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly titles: RegExp;
}

/** Words of titles in the languages in which seasonal songs are mostly sung. Names of places and people with "Santa" are not seasonal. */
const SEASONS: readonly Season[] = [
  {
    name: 'Christmas',
    from: '11-25',
    to: '01-06',
    titles:
      /\b(?:christmas|x-?mas|noel|navidad|navidena|natal|weihnacht\w*|weihnachten|jingle bells?|jingle bell rock|silent night|stille nacht|holy night|o tannenbaum|winter wonderland|sleigh ride|frosty the snowman|rudolph|reindeer|mistletoe|let it snow|white christmas|deck the halls?|little drummer boy|joy to the world|feliz navidad|wonderful time of the year|holly jolly|home for the holidays|happy holidays?|come all ye faithful|adeste fideles|hark the herald|joulu\w*|kerst\w*|santa(?! (?:fe|monica|maria|cruz|barbara|ana|clara|lucia|rosa|marta)))\b/,
  },
  { name: 'New Year', from: '12-26', to: '01-07', titles: /\b(?:auld lang syne|happy new year|new years eve)\b/ },
  { name: 'Halloween', from: '10-15', to: '11-01', titles: /\b(?:halloween|monster mash|trick or treat)\b/ },
];

/** The season that a title belongs to; undefined for a title of no season. */
export function seasonOf(title: string): Season | undefined {
  const folded = foldText(title);
  return SEASONS.find(({ titles }) => titles.test(folded));
}

/** Number of the season of each row, from 1; 0 for none. Read once per catalog. */
const KNOWN = new WeakMap<Catalog, Uint8Array>();

function seasonsOf(catalog: Catalog): Uint8Array {
  const known = KNOWN.get(catalog);
  if (known) return known;
  const seasons = Uint8Array.from({ length: catalog.size }, (_, row) => {
    const season = seasonOf(catalog.titles?.[row] ?? '');
    return season ? SEASONS.indexOf(season) + 1 : 0;
  });
  KNOWN.set(catalog, seasons);
  return seasons;
}

/** The seasons that a day (a day number) is in, as a text: days with the same text admit the same titles. */
export function seasonsOn(day: number): string {
  const date = dayText(day).slice(5);
  return SEASONS.filter((season) => isWithinSeason(season, date))
    .map(({ name }) => name)
    .join('+');
}

function isWithinSeason({ from, to }: Season, date: string): boolean {
  return from <= to ? date >= from && date <= to : date >= from || date <= to;
}

/** The rows whose titles are not of a season that the day (a day number) is outside of. Without titles every row stays. */
export function rowsInSeason(catalog: Catalog, rows: Int32Array, day: number): Int32Array {
  if (!catalog.titles) return rows;
  const date = dayText(day).slice(5);
  const isOut = [false, ...SEASONS.map((season) => !isWithinSeason(season, date))];
  const seasons = seasonsOf(catalog);
  return rows.filter((row) => isOut[seasons[row] ?? 0] !== true);
}

/** The rows whose titles are of no season: they can play on every day. */
export function rowsOfNoSeason(catalog: Catalog, rows: Int32Array): Int32Array {
  if (!catalog.titles) return rows;
  const seasons = seasonsOf(catalog);
  return rows.filter((row) => seasons[row] === 0);
}
