import { z } from 'zod';
import { musicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { MotifId } from '#shared/domain/catalog/lexicon/motifs.ts';
import { textInput, trimmedInput, wholeInput } from '#shared/input-types.ts';

/** What titles and a picture prompt are made from. Names are used only to keep them out, unless the operator lets them be sent. */
export const proposeWordsInput = z.strictObject({
  facts: musicFacts,
  name: textInput(500).nullable(),
  artistNames: z.array(textInput(500)).max(200),
  /** The person's own words. */
  mood: trimmedInput(200).optional(),
  prompt: trimmedInput(2_000).optional(),
  seed: wholeInput(0, 2_147_483_647),
});
export type ProposeWordsInput = z.infer<typeof proposeWordsInput>;

/** Proposed words for a cover. */
export interface ProposedWords {
  readonly titles: readonly string[];
  readonly subtitle: string | null;
  /** Complete, with its fixed tail. */
  readonly picturePrompt: string;
  readonly paletteId: string;
  readonly motifIds: readonly MotifId[];
  /** The name of the text model, or "local-words". */
  readonly source: string;
  /** Why local-words were used, as a sentence; null when the model answered. */
  readonly reason: string | null;
  /** When the model can be asked again; null when that is not known. */
  readonly retryAt: string | null;
}
