import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { ModelValues } from '#shared/domain/studio/model.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';

/** Words that are typed and not saved yet. */
export interface WordsDraft {
  readonly title: string;
  readonly subtitle: string;
  readonly picturePrompt: string;
  readonly paletteId: string | null;
}

/** What the fields show before anything is typed: what was saved, or else the newest proposal. */
export function wordsDraftOf({ words, proposals }: CoverView): WordsDraft {
  const [latest] = proposals;
  return {
    title: words?.title ?? latest?.titles[0] ?? '',
    subtitle: words ? (words.subtitle ?? '') : '',
    picturePrompt: words?.picturePrompt ?? latest?.picturePrompt ?? '',
    paletteId: words?.paletteId ?? null,
  };
}

/** A proposed title with what was proposed beside it. */
export interface TitleProposal {
  readonly title: string;
  readonly picturePrompt: string;
}

/** Proposed titles, the newest three first, each once. */
export function proposalsOf({ proposals }: CoverView): readonly TitleProposal[] {
  const byTitle = new Map<string, TitleProposal>();
  for (const { titles, picturePrompt } of proposals)
    for (const title of titles) if (!byTitle.has(title)) byTitle.set(title, { title, picturePrompt });
  return [...byTitle.values()];
}

/** The registry's id of our own model. */
export const LOCAL_MODEL = 'local-art';

/** What is asked of pictures: kept while other steps are open. */
export interface PictureDraft {
  readonly family: ArtFamily | 'auto';
  readonly palette: string;
  readonly page: number;
  /** The model that draws, and the one chosen before it. */
  readonly modelId: string;
  readonly modelBefore: string;
  /** What was filled in for image models; kept when the model changes. */
  readonly values: ModelValues;
}

/** What the step shows first: pictures of all families in the palettes of the mood. */
export const FIRST_PICTURES: PictureDraft = {
  family: 'auto',
  palette: 'auto',
  page: 0,
  modelId: LOCAL_MODEL,
  modelBefore: LOCAL_MODEL,
  values: {},
};
