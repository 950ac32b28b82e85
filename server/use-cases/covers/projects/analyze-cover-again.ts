import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { CoverInput, CoverView } from '#shared/contracts/covers/projects.ts';
import { AppError } from '#shared/errors.ts';
import { analyzeMusic } from '../analyze-music.ts';
import { namedSources } from './cover-source.ts';
import { requireOwnCover } from './own-cover.ts';
import { saveFailure, saveStep } from './save-step.ts';
import { viewCover } from './view-cover.ts';

/** Reads the same source again. When that fails, the earlier analysis is kept and the step says why. */
export async function analyzeCoverAgain(
  deps: Deps,
  actor: Actor,
  input: CoverInput & { readonly signal?: AbortSignal | undefined },
): Promise<CoverView> {
  const cover = await requireOwnCover(deps, actor, input.coverId);
  const [named] = await namedSources(deps, [cover]);
  try {
    if (!named) throw new Error('A cover has no source.');
    const analysis = await analyzeMusic(deps, actor, { source: named.source, signal: input.signal });
    await saveStep(deps, actor, { coverId: cover.id, step: 'analysis', change: () => ({ analysis }) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await saveFailure(deps, actor, { coverId: cover.id, step: 'analysis', error });
  }
  return viewCover(deps, actor, input);
}
