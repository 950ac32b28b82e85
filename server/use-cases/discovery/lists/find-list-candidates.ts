import type { Deps } from '#server/deps.ts';
import { listSimilarWords, readVocabulary } from '#server/repos/discovery/search-entries.ts';
import { listRecordingsTitled, listRecordingsWith } from '#server/repos/discovery/search-batches.ts';
import { listByMatchKeys } from '#server/repos/discovery/search-hits.ts';
import { mapInSteps } from '#server/use-cases/run-in-steps.ts';
import { matchKey } from '#shared/domain/catalog/recording-identity.ts';
import type { ListedLine } from '#shared/domain/discovery/lists/listed-track.ts';
import { nameWords } from '#shared/domain/discovery/lists/judge-match.ts';
import { readSearchQuery } from '#shared/domain/discovery/search/read-query.ts';
import type { WordsQuery } from '#shared/domain/discovery/search/read-query.ts';
import { correctedConditions, exactCondition, joinedAndSplit } from '#shared/domain/discovery/search/search-conditions.ts';
import type { KnownWord } from '#shared/domain/discovery/search/search-conditions.ts';
import { titleKeyOf, wordForms, wordsOf } from '#shared/domain/discovery/search/words.ts';

/** Recording ids that each line may mean. */
export type ListCandidates = ReadonlyMap<ListedLine, readonly number[]>;

/** Keys, conditions and words of one statement. */
const KEYS_MAX = 1_000;
const CONDITIONS_MAX = 100;
const WORDS_MAX = 5_000;
const MISSPELLED_MAX = 200;
/** A condition without one of the words is used when so few recordings fulfill it. */
const USES_MAX = 2_000;
/** A line of a list is finished. */
const NO_BEGINNINGS = { beginnings: [], hasMoreBeginnings: false };
const ADDITIONS = /\s*[([{][^()[\]{}]*[)\]}]/g;

/** Recordings with the title of a line, or with its title and artists as identity compares them; by any reading of the line. */
export async function findByTitle(deps: Pick<Deps, 'db'>, tracks: readonly ListedLine[]): Promise<ListCandidates> {
  const keysOf = new Map(await mapInSteps(tracks, (track) => [track, keysOfReadings(track)] as const));
  const [byKey, byTitle] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const all = [...keysOf.values()];
  for (const keys of parts([...new Set(all.flatMap(({ identities }) => identities))], KEYS_MAX))
    for (const row of await listByMatchKeys(deps.db, keys)) byKey.set(row.matchKey, [...(byKey.get(row.matchKey) ?? []), row.id]);
  for (const keys of parts([...new Set(all.flatMap(({ titles }) => titles))], KEYS_MAX))
    for (const { key, id } of await listRecordingsTitled(deps.db, keys)) byTitle.set(key, [...(byTitle.get(key) ?? []), id]);
  return new Map(
    [...keysOf].map(([track, { identities, titles }]) => [
      track,
      [...new Set([...identities.flatMap((key) => byKey.get(key) ?? []), ...titles.flatMap((key) => byTitle.get(key) ?? [])])],
    ]),
  );
}

function keysOfReadings({ readings }: ListedLine): { identities: string[]; titles: string[] } {
  const titles = readings.flatMap(({ title }) => [title, title.replace(ADDITIONS, '')]).map((title) => titleKeyOf(wordsOf(title)));
  return {
    identities: [...new Set(readings.flatMap(({ title, artists }) => (artists === null ? [] : [matchKey(title, [artists])])))],
    titles: [...new Set(titles.filter((key) => key !== ''))],
  };
}

/** Recordings that have all words of a line, anywhere in title and artists. */
export async function findByWords(deps: Pick<Deps, 'db'>, tracks: readonly ListedLine[]): Promise<ListCandidates> {
  const queries = await queriesOf(tracks);
  const uses = await readUses(
    deps,
    [...queries.values()].flatMap(({ words }) => words.flatMap(({ tokens }) => tokens)),
  );
  const conditions = await mapInSteps(queries, ([track, query]) => {
    const condition = exactCondition(query, { uses, ...NO_BEGINNINGS });
    return (condition?.anyOf ?? []).map((tsquery) => ({ track, tsquery }));
  });
  return fulfilling(deps, conditions.flat());
}

/** Recordings that have the words of a line with one or two edits, joined or split; then those without one of the words, where these are few. */
export async function findMisspelled(deps: Pick<Deps, 'db'>, tracks: readonly ListedLine[]): Promise<ListCandidates> {
  const queries = await queriesOf(tracks);
  const all = [...queries.values()].flatMap(({ words }) => words);
  const parted = await mapInSteps(queries.values(), ({ words }) => joinedAndSplit(words));
  const uses = await readUses(deps, [...all.flatMap(({ tokens }) => tokens), ...parted.flat()]);
  const unknown = [...new Set(all.filter(({ isSpaceless, text }) => !isSpaceless && !uses.has(text)).map(({ text }) => text))];
  const similar = new Map<string, readonly KnownWord[]>();
  for (const words of parts(unknown, MISSPELLED_MAX)) {
    const found = await listSimilarWords(deps.db, words.map(wordForms));
    words.forEach((word, at) => similar.set(word, found[at] ?? []));
  }
  const conditions = await mapInSteps(queries, ([track, query]) => {
    const { all: corrected, allButOne } = correctedConditions(
      query,
      { uses, ...NO_BEGINNINGS },
      query.words.map(({ text }) => similar.get(text) ?? []),
    );
    return { track, corrected, allButOne: allButOne && allButOne.uses <= USES_MAX ? allButOne : undefined };
  });
  const found = await fulfilling(
    deps,
    conditions.flatMap(({ track, corrected }) => (corrected?.anyOf ?? []).map((tsquery) => ({ track, tsquery }))),
  );
  // A misspelled word may be another word of the catalog: "Quem Me Der", where others have "der".
  const others = conditions.flatMap(({ track, allButOne }) =>
    allButOne && !found.has(track) ? allButOne.anyOf.map((tsquery) => ({ track, tsquery })) : [],
  );
  return new Map([...found, ...(await fulfilling(deps, others))]);
}

/** What the search looks for: the title without brackets, and the words of the artists' names. */
async function queriesOf(tracks: readonly ListedLine[]): Promise<Map<ListedLine, WordsQuery>> {
  const read = await mapInSteps(tracks, (track): [ListedLine, WordsQuery][] => {
    const [first] = track.readings;
    if (!first) return [];
    const title = first.title.replace(ADDITIONS, '').trim();
    const query = readSearchQuery(`${title === '' ? first.title : title} ${first.artists === null ? '' : nameWords(first.artists).join(' ')} `);
    return query?.kind === 'words' ? [[track, query]] : [];
  });
  return new Map(read.flat());
}

async function readUses(deps: Pick<Deps, 'db'>, words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, number>();
  for (const some of parts([...new Set(words)], WORDS_MAX))
    for (const [word, count] of (await readVocabulary(deps.db, some, undefined)).uses) uses.set(word, count);
  return uses;
}

async function fulfilling(
  deps: Pick<Deps, 'db'>,
  conditions: readonly { readonly track: ListedLine; readonly tsquery: string }[],
): Promise<ListCandidates> {
  const found = new Map<ListedLine, number[]>();
  for (const some of parts(conditions, CONDITIONS_MAX)) {
    const rows = await listRecordingsWith(
      deps.db,
      some.map(({ tsquery }) => tsquery),
    );
    for (const { at, id } of rows) {
      const track = some[at]?.track;
      if (track) found.set(track, [...new Set([...(found.get(track) ?? []), id])]);
    }
  }
  return found;
}

function parts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
