import type { EntryCondition, KnownWord, WordForms } from '#shared/domain/discovery/search/search-conditions.ts';
import type { SearchEntry } from '#shared/domain/discovery/search/rank-entries.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Candidates that are read before the best are chosen. */
const RECORDINGS_MAX = 300;
const OTHERS_MAX = 100;
const TITLED_MAX = 60;
/** The best known recordings among which those with common words are looked for. */
const BEST_KNOWN_MAX = 2_500;
/** Words that more entries have are looked for among the best known only: an index would first collect all of them. */
const USES_MAX = 6_000;
/** Beginnings and similar words that are read. */
const BEGINNINGS_MAX = 24;
const SIMILAR_MAX = 200;
const HIGHEST = '\u{10ffff}';

/** How many entries have each of these words, and the most used words that begin with `beginning`. */
export async function readVocabulary(db: Db, words: readonly string[], beginning: string | undefined): Promise<WordForms> {
  const begun =
    beginning === undefined
      ? sql``
      : sql` union all (select word, uses, true from search_words where word ~>=~ ${beginning} and word ~<~ ${beginning + HIGHEST} order by uses desc, word limit ${BEGINNINGS_MAX + 1})`;
  const found = await db.execute<{ word: string; uses: number; begins: boolean }>(sql`
    select word, uses, false as begins from search_words where word = any(${sql.param([...words])}::text[])${begun}`);
  const beginnings = found.rows.filter(({ begins }) => begins);
  return {
    uses: new Map(found.rows.filter(({ begins }) => !begins).map(({ word, uses }) => [word, uses])),
    beginnings: beginnings.slice(0, BEGINNINGS_MAX),
    hasMoreBeginnings: beginnings.length > BEGINNINGS_MAX,
  };
}

/** For each list of forms, the most used words that have one of them. */
export async function listSimilarWords(db: Db, forms: readonly (readonly number[])[]): Promise<KnownWord[][]> {
  const found = await db.execute<{ at: number; word: string; uses: number }>(sql`
    select f.at::int - 1 as at, w.word, w.uses from jsonb_array_elements(${JSON.stringify(forms)}::jsonb) with ordinality as f(forms, at)
    cross join lateral (select word, uses from search_words where forms && array(select jsonb_array_elements_text(f.forms)::int)
      order by uses desc, word limit ${SIMILAR_MAX}) w where jsonb_array_length(f.forms) > 0`);
  return forms.map((_, at) => found.rows.filter((row) => row.at === at));
}

/** Entries that fulfill a condition, and those with exactly this title. Of many recordings, the best known are among them. */
export async function listSearchEntries(
  db: Db,
  { condition, titleKey }: { readonly condition: EntryCondition | undefined; readonly titleKey: string | undefined },
): Promise<SearchEntry[]> {
  const parts = [...(condition ? fulfilling(condition) : []), ...(titleKey === undefined ? [] : titled(titleKey))];
  if (parts.length === 0) return [];
  const found = await db.execute<SearchEntry & Record<string, unknown>>(sql.join(parts, sql` union all `));
  return [...new Map(found.rows.map((row) => [`${row.kind} ${row.ref}`, row])).values()];
}

function fulfilling({ anyOf, beginning, uses }: EntryCondition): SQL[] {
  const words = sql.join(
    anyOf.map((tsquery) => sql`words @@ ${tsquery}::tsquery`),
    sql` or `,
  );
  const begins = beginning === undefined ? sql`` : sql` and position(${` ${beginning}`} in ' ' || replace(text, E'\n', ' ')) > 0`;
  const fulfills = sql`(${words})${begins}`;
  // No index has these orders, so words are found by their own index: the planner alone reads the whole table at times. Only recordings with common
  // words are read in the order of an index, which has enough of them soon.
  const of = (kind: string) => sql`(select kind, ref, text, popularity from search_entries where kind = ${sql.raw(`'${kind}'`)} and ${fulfills}
      order by ref || '' limit ${OTHERS_MAX})`;
  const recordings =
    uses <= USES_MAX
      ? sql`(select kind, ref, text, popularity from search_entries where kind = 'recording' and ${fulfills}
      order by coalesce(popularity, -1) desc, ref limit ${RECORDINGS_MAX})`
      : sql`(select kind, ref, text, popularity from (select kind, ref, text, popularity, words from search_entries where kind = 'recording'
      order by popularity desc nulls last, ref limit ${BEST_KNOWN_MAX}) b where ${fulfills} limit ${RECORDINGS_MAX})`;
  return [of('artist'), of('album'), recordings];
}

function titled(titleKey: string): SQL[] {
  return ['recording', 'artist', 'album'].map(
    (kind) => sql`(select kind, ref, text, popularity from search_entries where kind = ${sql.raw(`'${kind}'`)} and title_key = ${titleKey}
      order by popularity desc nulls last, ref limit ${TITLED_MAX})`,
  );
}
