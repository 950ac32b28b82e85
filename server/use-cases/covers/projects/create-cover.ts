import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertCover } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CoverSourceInput, CoverView } from '#shared/contracts/covers/projects.ts';
import { stepDone, stepFailed } from '#shared/domain/covers/projects/cover-steps.ts';
import { AppError } from '#shared/errors.ts';
import { coverId } from '#shared/ids.ts';
import { analyzeMusic } from '../analyze-music.ts';
import { storedSource } from './cover-source.ts';
import { failureOf, isPassing } from './save-step.ts';
import { viewCover } from './view-cover.ts';

/**
 * Creates a cover and analyzes its music. A wrong source throws `invalid_input`, `not_found` or `forbidden` and creates nothing; while Spotify is away the
 * cover is created with its analysis failed, so that the link is not lost.
 */
export async function createCover(
  deps: Deps,
  actor: Actor,
  input: { readonly source: CoverSourceInput; readonly signal?: AbortSignal | undefined },
): Promise<CoverView> {
  const userId = assetOwner(actor);
  const source = await storedSource(deps, input.source);
  const analysis = await analyzeMusic(deps, actor, input).catch((error: unknown) => {
    if (isPassing(error)) return error;
    throw error;
  });
  const id = coverId.parse(deps.newId());
  const at = deps.now();
  const isFailed = analysis instanceof AppError;
  const steps = isFailed ? stepFailed({}, 'analysis', failureOf(analysis, at)) : stepDone({}, 'analysis');
  await insertCover(deps.db, {
    id,
    userId,
    ...source,
    ...(isFailed ? {} : { analysis }),
    renderIds: [],
    steps,
    createdAt: at,
    changedAt: at,
  });
  return viewCover(deps, actor, { coverId: id });
}
