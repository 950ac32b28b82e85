import type { Deps } from '#server/deps.ts';
import { listTakenTitles } from '#server/repos/covers/music-lists.ts';
import type { ProposeWordsInput, ProposedWords } from '#shared/contracts/covers/words.ts';
import { MOTIF_IDS } from '#shared/domain/catalog/lexicon/motifs.ts';
import { workMood } from '#shared/domain/covers/art/emotion.ts';
import { ART_PALETTES } from '#shared/domain/covers/art/palettes.ts';
import { localWords, takenTitles } from '#shared/domain/covers/words/local-words.ts';
import type { LocalWords } from '#shared/domain/covers/words/local-words.ts';
import { faultOf } from '#shared/domain/covers/words/output-filter.ts';
import { PICTURE_PROMPT_CHARS_MAX, withPromptTail } from '#shared/domain/covers/words/picture-prompt.ts';
import { TITLE_CHARS_MAX } from '#shared/domain/covers/words/title-candidates.ts';
import { plainLine } from '#shared/domain/covers/words/untrusted-text.ts';
import { WORDS_SCHEMA, WORDS_SYSTEM, wordsPrompt } from '#shared/domain/covers/words/words-request.ts';
import { AppError } from '#shared/errors.ts';
import { z } from 'zod';

const ASK_AGAIN = 'Ask for three more titles to try it again.';
const PATIENCE_MS = 30_000;
const OUTPUT_TOKENS_MAX = 1_024;

const wordsAnswer = z.object({
  titles: z.array(z.string().max(500)).min(1).max(10),
  picturePrompt: z.string().max(4_000),
  paletteId: z.enum(ART_PALETTES.map(({ id }) => id)),
  motifIds: z.array(z.enum(MOTIF_IDS)).min(1).max(10),
});

type WordsDeps = Pick<Deps, 'db' | 'now' | 'textModel' | 'settings'>;

/**
 * Titles, a picture prompt, a palette and motifs: of the text model when there is one and its answer passes the filters, else local-words with the
 * reason. A title that is unfit or taken is replaced by a local one. Never fails because of the model.
 */
export async function proposeWords(deps: WordsDeps, input: ProposeWordsInput & { signal?: AbortSignal | undefined }): Promise<ProposedWords> {
  const taken = [...(await listTakenTitles(deps.db)), ...input.artistNames];
  const local = localWords(input.facts, input.seed, taken);
  const paletteId = workMood(input.facts).nearest[0]?.id ?? '';
  const fallback = (reason: string, retryAt: string | null = null): ProposedWords => ({
    ...local,
    paletteId,
    source: 'local-words',
    reason,
    retryAt,
  });
  if (!deps.textModel) return fallback('No text model is configured.');
  try {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    const signal = input.signal ? AbortSignal.any([input.signal, limit]) : limit;
    const prompt = wordsPrompt(input, deps.settings.promptSource);
    const { json } = await deps.textModel.answer({ system: WORDS_SYSTEM, prompt, schema: WORDS_SCHEMA, outputTokensMax: OUTPUT_TOKENS_MAX }, signal);
    const words = checkedWords(json, { input, local, taken });
    return words
      ? { ...words, source: deps.textModel.name, reason: null, retryAt: null }
      : fallback(`The text model’s answer could not be used. ${ASK_AGAIN}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const retryAt = error.retryAfterMs === undefined ? null : new Date(deps.now().getTime() + error.retryAfterMs).toISOString();
    return fallback(`The text model could not be used: ${error.message} ${ASK_AGAIN}`, retryAt);
  }
}

interface Checks {
  readonly input: ProposeWordsInput;
  readonly local: LocalWords;
  readonly taken: readonly string[];
}

/** The parts of the answer that pass, completed from local-words; undefined when no title passes or it is not in the agreed form. */
function checkedWords(json: unknown, { input, local, taken }: Checks): Omit<ProposedWords, 'source' | 'reason' | 'retryAt'> | undefined {
  const parsed = wordsAnswer.safeParse(json);
  if (!parsed.success) return undefined;
  const { titles, picturePrompt, paletteId, motifIds } = parsed.data;
  const sent = [input.name ?? '', ...input.artistNames, input.prompt ?? '', input.mood ?? ''];
  const isFit = (text: string, charsMax: number) => faultOf(text, { charsMax, forbidden: { artistNames: input.artistNames, sent } }) === undefined;
  const isTaken = takenTitles(taken);
  const fit = titles.filter((title) => isFit(title, TITLE_CHARS_MAX)).map((title) => plainLine(title));
  const free = [...new Map(fit.filter((title) => !isTaken(title)).map((title) => [title.toLowerCase(), title])).values()];
  if (free.length === 0) return undefined;
  return {
    titles: [...free, ...local.titles].slice(0, 3),
    subtitle: local.subtitle,
    picturePrompt: isFit(picturePrompt, PICTURE_PROMPT_CHARS_MAX)
      ? withPromptTail(plainLine(picturePrompt, PICTURE_PROMPT_CHARS_MAX))
      : local.picturePrompt,
    paletteId,
    motifIds: [...new Set(motifIds)].slice(0, 3),
  };
}
