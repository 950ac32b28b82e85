import type { Deps } from '#server/deps.ts';
import type { GenerateVibeInput } from '#shared/contracts/discovery/generate-vibe.ts';
import type { ParsedVibe } from '#shared/contracts/discovery/vibe-spec.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { featureScaleOf } from '#shared/domain/discovery/vibes/feature-scale.ts';
import { editVibe } from '#shared/domain/discovery/vibes/follow-up.ts';
import { specOfAnswer } from '#shared/domain/discovery/vibes/model/vibe-answer.ts';
import { VIBE_SCHEMA, VIBE_SCHEMA_VERSION, VIBE_SYSTEM, vibePrompt } from '#shared/domain/discovery/vibes/model/vibe-request.ts';
import { artistNamesOf } from '#shared/domain/discovery/vibes/names.ts';
import { parseVibe } from '#shared/domain/discovery/vibes/parse-vibe.ts';
import type { VibeContext } from '#shared/domain/discovery/vibes/parse-vibe.ts';
import { checkRadioPrompt } from '#shared/domain/discovery/vibes/radio/check-radio-prompt.ts';
import { hashText } from '#shared/domain/hash.ts';
import { AppError } from '#shared/errors.ts';

/** A person waits for the list; the lexicon needs no time. */
const PATIENCE_MS = 12_000;
const OUTPUT_TOKENS_MAX = 1_024;
const ANSWER_GOOD_MS = 30 * DAY_MS;

/** A sentence as read, and by what. */
export interface VibeReading extends ParsedVibe {
  readonly readBy: string;
  readonly fallback: string | null;
}

/** A request to read: a sentence, chips, or both. */
interface VibeToRead extends Pick<GenerateVibeInput, 'sentence' | 'spec'> {
  readonly signal?: AbortSignal | undefined;
  /** How long the model may take. */
  readonly patienceMs?: number;
}

type ReadVibeDeps = Pick<Deps, 'now' | 'textModel' | 'providerCache' | 'log'>;

/**
 * The spec of a request: the given chips, the chips edited by a follow-up, or the sentence as the text model reads it. Without a model, and whenever its
 * answer is late or not in the agreed form, our lexicon reads the sentence, marked as such. The model is sent the sentence and nothing else. Throws
 * `invalid_input` with the place of the first error of a prompt in the syntax of LB Radio.
 */
export async function readVibe(
  deps: ReadVibeDeps,
  catalog: Catalog,
  { sentence, spec, signal, patienceMs = PATIENCE_MS }: VibeToRead,
): Promise<VibeReading> {
  const context = { year: deps.now().getUTCFullYear(), scale: featureScaleOf(catalog), artists: artistNamesOf(catalog) } satisfies VibeContext;
  if (spec && sentence.trim() === '') return { spec, languages: [], questions: [], isCut: false, isEmpty: false, readBy: 'chips', fallback: null };
  if (spec) return { ...editVibe(spec, sentence, context), readBy: 'lexicon', fallback: null };
  requireReadable(sentence);
  const local = { ...parseVibe(sentence, context), readBy: 'lexicon' };
  const { textModel } = deps;
  // The syntax of LB Radio is exact; a model could only misread it.
  if (!textModel || local.languages[0] === 'LB Radio') return { ...local, fallback: null };
  const limit = AbortSignal.timeout(patienceMs);
  try {
    const json = await answerOf({ ...deps, textModel }, sentence, signal ? AbortSignal.any([signal, limit]) : limit);
    const read = specOfAnswer(json, { sentence, ...context });
    if (!read) return { ...local, fallback: 'The text model’s answer could not be used.' };
    return { ...local, spec: read, readBy: textModel.name, isEmpty: Object.keys(read).length === 2, fallback: null };
  } catch (error) {
    if (limit.aborted && !signal?.aborted) return { ...local, fallback: 'The text model took too long.' };
    if (!(error instanceof AppError)) throw error;
    return { ...local, fallback: `The text model could not be used: ${error.message}` };
  }
}

function requireReadable(sentence: string): void {
  const [error] = checkRadioPrompt(sentence);
  if (error)
    throw new AppError('invalid_input', { message: `At character ${error.at + 1}: ${error.message}`, remedy: error.remedy, field: 'sentence' });
}

/** The model's answer to a sentence, remembered by the sentence, the model and the version of the schema. */
async function answerOf(
  { textModel, providerCache }: ReadVibeDeps & { readonly textModel: NonNullable<ReadVibeDeps['textModel']> },
  sentence: string,
  signal: AbortSignal,
): Promise<unknown> {
  const normal = foldText(sentence);
  const key = `vibe ${VIBE_SCHEMA_VERSION} ${textModel.name} ${normal.length} ${hashText(normal)} ${hashText(normal, 2)}`;
  const known = (await providerCache.find('derived', [key])).get(key);
  if (known?.isFresh) return known.body;
  const request = { system: VIBE_SYSTEM, prompt: vibePrompt(sentence), schema: VIBE_SCHEMA, outputTokensMax: OUTPUT_TOKENS_MAX };
  const { json } = await textModel.answer(request, signal);
  if (typeof json === 'object' && json !== null) await providerCache.store('derived', [{ key, body: json, goodForMs: ANSWER_GOOD_MS }]);
  return json;
}
