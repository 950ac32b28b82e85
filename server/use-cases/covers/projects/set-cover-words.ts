import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { CoverRow } from '#server/repos/covers/covers.ts';
import type { CoverView, CoverWords, SetWordsInput } from '#shared/contracts/covers/projects.ts';
import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import { cleanTitle } from '#shared/domain/covers/type/clean-title.ts';
import { AppError } from '#shared/errors.ts';
import { requireOwnCover } from './own-cover.ts';
import { saveStep } from './save-step.ts';
import { viewCover } from './view-cover.ts';

/**
 * Chooses the words of a cover: a proposal or the person's own. The title is stored as it can be set; the picture and the type become stale. Throws
 * `invalid_input` with the field for a title or subtitle that cannot be set; then nothing has changed.
 */
export async function setCoverWords(
  deps: Deps,
  actor: Actor,
  { coverId, title, subtitle, picturePrompt, paletteId }: SetWordsInput,
): Promise<CoverView> {
  await requireOwnCover(deps, actor, coverId);
  if (paletteId !== null && !findPalette(paletteId)) {
    throw new AppError('invalid_input', { message: `There is no palette “${paletteId}”.`, remedy: 'Choose one of the list.', field: 'paletteId' });
  }
  const clean = cleanTitle(title);
  const words = {
    title: clean,
    subtitle: subtitle === null || subtitle.trim() === '' ? null : cleanTitle(subtitle, 'subtitle'),
    picturePrompt: picturePrompt || null,
    paletteId,
  };
  const change = (now: CoverRow): { words: CoverWords } => ({ words: { ...words, titleFrom: proposerOf(now, clean) } });
  await saveStep(deps, actor, { coverId, step: 'words', change });
  return viewCover(deps, actor, { coverId });
}

function proposerOf({ proposals }: CoverRow, title: string): string {
  return proposals.find(({ titles }) => titles.includes(title))?.source ?? 'own';
}
