import type { IndexedText } from '#shared/domain/discovery/search/words.ts';
import { SEARCH_KINDS } from '#shared/vocabulary.ts';
import type { SearchKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** What a search entry is made from. */
export interface SearchSource extends Record<string, unknown> {
  readonly ref: string;
  readonly name: string;
  readonly artists: string[];
  readonly popularity: number | null;
}

/** How to read the sources of a kind: the table, its key as it is sorted, and the columns. A merged recording has no entry. */
const SOURCES: Readonly<Record<SearchKind, { readonly key: SQL; readonly row: SQL }>> = {
  recording: {
    key: sql`r.id`,
    row: sql`select r.id::text as ref, r.title as name, r.popularity,
      array(select a.name from track_artists ta join artists a on a.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
      from recordings r where r.merged_into is null`,
  },
  artist: { key: sql`r.id`, row: sql`select r.id as ref, r.name, null::smallint as popularity, '{}'::text[] as artists from artists r where true` },
  album: { key: sql`r.id`, row: sql`select r.id as ref, r.name, null::smallint as popularity, r.artist_names as artists from albums r where true` },
};

/** Sources without an entry, in the order of their key after `after`. */
export async function listUnindexed(
  db: Db,
  kind: SearchKind,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<SearchSource[]> {
  const { key, row } = SOURCES[kind];
  const beyond = after === undefined ? sql`true` : kind === 'recording' ? sql`${key} > ${Number(after)}` : sql`${key} > ${after}`;
  const found = await db.execute<SearchSource>(sql`${row} and ${beyond}
    and not exists (select 1 from search_entries e where e.kind = ${kind} and e.ref = r.id::text) order by ${key} limit ${limit}`);
  return found.rows;
}

/** The sources with these ids; what is merged or gone is absent. */
export async function listSearchSources(db: Db, kind: SearchKind, refs: readonly string[]): Promise<SearchSource[]> {
  if (refs.length === 0) return [];
  const wanted = kind === 'recording' ? sql`r.id = any(${sql.param(refs.map(Number))}::int[])` : sql`r.id = any(${sql.param([...refs])}::text[])`;
  const found = await db.execute<SearchSource>(sql`${SOURCES[kind].row} and ${wanted}`);
  return found.rows;
}

/** Takes up to `limit` noted changes away; the transaction that handles them must be the caller's. */
export async function takeSearchChanges(db: Db, limit: number): Promise<ReadonlyMap<SearchKind, readonly string[]>> {
  const taken = await db.execute<{ kind: SearchKind; ref: string }>(sql`
    delete from search_changes where id in (select id from search_changes order by id limit ${limit}) returning kind, ref`);
  return new Map(SEARCH_KINDS.map((kind) => [kind, [...new Set(taken.rows.filter((row) => row.kind === kind).map(({ ref }) => ref))]]));
}

/** Stores entries. Returns the refs of those that are new. */
export async function saveSearchEntries(
  db: Db,
  kind: SearchKind,
  entries: readonly (IndexedText & { readonly ref: string; readonly popularity: number | null })[],
): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const saved = await db.execute<{ ref: string; isNew: boolean }>(sql`
    insert into search_entries (kind, ref, title_key, text, popularity, words)
    select ${kind}, e.ref, e."titleKey", e.text, e.popularity, array_to_tsvector(e.words)
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(ref text, "titleKey" text, text text, popularity smallint, words text[])
    on conflict (kind, ref) do update set title_key = excluded.title_key, text = excluded.text, popularity = excluded.popularity, words = excluded.words
      where (search_entries.text, search_entries.popularity) is distinct from (excluded.text, excluded.popularity)
    returning ref, xmax = 0 as "isNew"`);
  return new Set(saved.rows.filter(({ isNew }) => isNew).map(({ ref }) => ref));
}

/** Deletes the entries of what was merged or is gone. */
export async function deleteSearchEntries(db: Db, kind: SearchKind, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  await db.execute(sql`delete from search_entries where kind = ${kind} and ref = any(${sql.param([...refs])}::text[])`);
}

/** Adds to the vocabulary how many new entries have each word. */
export async function addSearchWords(
  db: Db,
  words: readonly { readonly word: string; readonly uses: number; readonly forms: readonly number[] }[],
): Promise<void> {
  if (words.length === 0) return;
  await db.execute(sql`
    insert into search_words as w (word, uses, forms)
    select n.word, n.uses, array(select jsonb_array_elements_text(n.forms)::int) from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as n(word text, uses int, forms jsonb)
    order by n.word on conflict (word) do update set uses = w.uses + excluded.uses`);
}

/** Writes what the indexes of search still hold in their lists of pending words, so that the next searches need not read those, and counts for the planner. */
export async function settleSearchIndexes(db: Db): Promise<void> {
  await db.execute(sql`select gin_clean_pending_list(c.oid) from pg_class c join pg_index i on i.indexrelid = c.oid join pg_am a on a.oid = c.relam
    where a.amname = 'gin' and i.indrelid in ('search_entries'::regclass, 'search_words'::regclass)`);
  await db.execute(sql`analyze search_entries`);
}
