import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { CoverView, DrawCoverPictureInput } from '#shared/contracts/covers/projects.ts';
import { drawPicture } from '../draw-picture.ts';
import { recordAttempt } from '../record-attempt.ts';
import { secondMoodOf } from '../second-mood.ts';
import { requireOwnCover, stepMissing } from './own-cover.ts';
import { saveStep } from './save-step.ts';
import { viewCover } from './view-cover.ts';
import { withPicture } from './with-picture.ts';

/** Pixels of a side: what Spotify shows at most. */
const SIDE = 640;

/** Draws a picture with local-art from the cover's music and title, and chooses it. Throws `conflict` before the analysis. */
export async function drawCoverPicture(
  deps: Deps,
  actor: Actor,
  {
    coverId,
    signal,
    clientAddress,
    ...choices
  }: DrawCoverPictureInput & { readonly signal?: AbortSignal | undefined; readonly clientAddress?: string | undefined },
): Promise<CoverView> {
  const { analysis, words, revision, sourceUrl, userId } = await requireOwnCover(deps, actor, coverId);
  if (!analysis) throw stepMissing('The music of this cover is not analyzed yet.', 'Analyze it again, or give another link.');
  const { facts } = analysis.analysis;
  const palette = choices.palette === 'auto' ? (words?.paletteId ?? 'auto') : choices.palette;
  const drawn = await recordAttempt(deps, {
    userId,
    playlistUrl: sourceUrl,
    title: words?.title ?? null,
    analysis: analysis.analysis,
    clientAddress,
    pathOf: ({ url }) => url,
    work: () =>
      drawPicture(deps, actor, {
        ...choices,
        palette,
        size: SIDE,
        music: facts,
        secondMood: secondMoodOf(analysis.analysis),
        title: words?.title ?? '',
        signal,
      }),
  });
  const picture = { assetId: drawn.asset, origin: 'local-art', drawn } as const;
  await saveStep(deps, actor, { coverId, step: 'picture', startedFrom: revision, change: (now) => withPicture(now, picture) });
  return viewCover(deps, actor, { coverId });
}
