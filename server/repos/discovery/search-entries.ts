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
const BEST_KNOWN_MAX = 4_000;
/** Words that more entries have are looked for among the best known only: an index would first collect all of them. */
const USES_MAX = 20_000;
/** Beginnings and similar words that are read. */
const BEGINNINGS_MAX = 24;
const SIMILAR_MAX = 200;
const HIGHEST = '\u{10ffff}';

/** How many entries have each of these words, and the most used words that begin with `beginning`. */
export async function readVocabulary(db: Db, words: readonly string[], beginning: string | undefined): Promise<WordForms> {
  const begun =
    beginning === undefined
      ? sql``
      : sql` union all (select word, uses, true from search_words where word ~>=~ ${beginning} and word ~<~ ${beginning + HIGHEST} order by uses desc, word limit ${BEGINNINGS_MAX})`;
  const found = await db.execute<{ word: string; uses: number; begins: boolean }>(sql`
    select word, uses, false as begins from search_words where word = any(${sql.param([...words])}::text[])${begun}`);
  return {
    uses: new Map(found.rows.filter(({ begins }) => !begins).map(({ word, uses }) => [word, uses])),
    beginnings: found.rows.filter(({ begins }) => begins),
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

function fulfilling({ tsquery, uses }: EntryCondition): SQL[] {
  const query = sql`${tsquery}::tsquery`;
  const of = (kind: string, limit: number) =>
    sql`(select kind, ref, text, popularity from search_entries where kind = ${sql.raw(`'${kind}'`)} and words @@ ${query} limit ${limit})`;
  const parts = [of('artist', OTHERS_MAX), of('album', OTHERS_MAX)];
  if (uses <= USES_MAX) parts.push(of('recording', RECORDINGS_MAX));
  if (uses > RECORDINGS_MAX) {
    parts.push(sql`(select kind, ref, text, popularity from (select kind, ref, text, popularity, words from search_entries where kind = 'recording'
      order by popularity desc nulls last, ref limit ${BEST_KNOWN_MAX}) b where words @@ ${query} limit ${RECORDINGS_MAX})`);
  }
  return parts;
}

function titled(titleKey: string): SQL[] {
  return ['recording', 'artist', 'album'].map(
    (kind) => sql`(select kind, ref, text, popularity from search_entries where kind = ${sql.raw(`'${kind}'`)} and title_key = ${titleKey}
      order by popularity desc nulls last, ref limit ${TITLED_MAX})`,
  );
}
