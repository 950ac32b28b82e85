import type { Deps } from '#server/deps.ts';
import { listSearchEntries, listSimilarWords, readVocabulary } from '#server/repos/discovery/search-entries.ts';
import { rankEntries } from '#shared/domain/discovery/search/rank-entries.ts';
import type { RankedEntry } from '#shared/domain/discovery/search/rank-entries.ts';
import type { WordsQuery } from '#shared/domain/discovery/search/read-query.ts';
import { correctedConditions, exactCondition, joinedAndSplit } from '#shared/domain/discovery/search/search-conditions.ts';
import type { WordForms } from '#shared/domain/discovery/search/search-conditions.ts';
import { wordForms } from '#shared/domain/discovery/search/words.ts';

/**
 * The entries that fit a query of words, best first: as typed; only when nothing has all words, with misspelled, joined and split words; only then without
 * one of the words.
 */
export async function findEntries(deps: Pick<Deps, 'db'>, query: WordsQuery): Promise<RankedEntry[]> {
  const last = query.words.at(-1);
  const beginning = query.isTyping && last?.tokens.length === 1 ? last.tokens[0] : undefined;
  const typed = await readVocabulary(
    deps.db,
    query.words.flatMap(({ tokens }) => tokens),
    beginning,
  );
  const exact = rankEntries(query, await listSearchEntries(deps.db, { condition: exactCondition(query, typed), titleKey: query.titleKey }));
  if (exact[0]?.edits === 0) return exact;
  const { all, allButOne } = await readCorrections(deps, query, typed);
  const corrected = rankEntries(query, [...exact, ...(await listSearchEntries(deps.db, { condition: all, titleKey: undefined }))]);
  if (corrected.length > 0) return corrected;
  return rankEntries(query, await listSearchEntries(deps.db, { condition: allButOne, titleKey: undefined }));
}

async function readCorrections(deps: Pick<Deps, 'db'>, query: WordsQuery, typed: WordForms) {
  const [similar, parts] = [
    await listSimilarWords(
      deps.db,
      query.words.map(({ text }) => wordForms(text)),
    ),
    await readVocabulary(deps.db, joinedAndSplit(query.words), undefined),
  ];
  const vocabulary = { ...typed, uses: new Map([...parts.uses, ...typed.uses]) };
  return correctedConditions(query, vocabulary, similar);
}
