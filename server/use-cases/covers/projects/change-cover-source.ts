import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { ChangeSourceInput, CoverView } from '#shared/contracts/covers/projects.ts';
import { analyzeMusic } from '../analyze-music.ts';
import { storedSource } from './cover-source.ts';
import { requireOwnCover } from './own-cover.ts';
import { saveStep } from './save-step.ts';
import { viewCover } from './view-cover.ts';

/** Gives a cover another source. The later steps keep their results and become stale. Throws what reading the source throws; then nothing has changed. */
export async function changeCoverSource(
  deps: Deps,
  actor: Actor,
  input: ChangeSourceInput & { readonly signal?: AbortSignal | undefined },
): Promise<CoverView> {
  await requireOwnCover(deps, actor, input.coverId);
  const source = await storedSource(deps, input.source);
  const analysis = await analyzeMusic(deps, actor, input);
  await saveStep(deps, actor, { coverId: input.coverId, step: 'analysis', change: () => ({ ...source, analysis }) });
  return viewCover(deps, actor, input);
}
