import type { CoverStep, CoverView } from '#shared/contracts/covers/projects.ts';
import { FAMILY_LABELS, paletteName } from '../art/family-labels.ts';
import { TYPE_LAYOUTS } from '#shared/domain/covers/type/type-layouts.ts';

/** The steps as the page names them, in order. */
export const STEP_LABELS: Readonly<Record<CoverStep, string>> = {
  analysis: 'Music',
  words: 'Words',
  picture: 'Picture',
  type: 'Type',
  upload: 'Upload',
};

/** The same names as in the contract, which holds zod and must not reach the browser. */
export const STEP_ORDER = ['analysis', 'words', 'picture', 'type', 'upload'] as const satisfies readonly CoverStep[];

/** What a step holds now, in a few words; null while it holds nothing. */
export function stepSummary(cover: CoverView, step: CoverStep): string | null {
  switch (step) {
    case 'analysis':
      return cover.music === null ? null : (cover.music.name ?? `${cover.music.analysis.tracks} tracks`);
    case 'words':
      return cover.words?.title ?? null;
    case 'picture':
      return describePicture(cover);
    case 'type':
      if (!cover.finished) return null;
      return cover.finished.report ? TYPE_LAYOUTS[cover.finished.report.layout].label : 'No title set';
    case 'upload':
    default:
      return describeUpload(cover);
  }
}

function describePicture({ picture }: CoverView): string | null {
  if (!picture) return null;
  if (picture.drawn) return `${FAMILY_LABELS[picture.drawn.family].name}, ${paletteName(picture.drawn.palette)}`;
  return picture.origin === 'upload' ? 'Your file' : 'Rendered';
}

function describeUpload({ upload }: CoverView): string | null {
  if (!upload) return null;
  const texts = { planned: 'Previewed', sending: 'Uploading', sent: 'Sent', shown: 'On Spotify', failed: 'Failed', outdated: 'Outdated' } as const;
  return texts[upload.state];
}

/** The first step that is not done; the last one when all are. */
export function nextOpenStep(cover: CoverView): CoverStep {
  return STEP_ORDER.find((step) => cover.steps[step].state !== 'ready') ?? 'upload';
}
