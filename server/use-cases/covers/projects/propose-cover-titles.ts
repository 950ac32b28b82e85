import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { lockOwnCover, updateCover } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CoverView, ProposeTitlesInput } from '#shared/contracts/covers/projects.ts';
import { proposeWords } from '../propose-words.ts';
import { missingCover, requireOwnCover, stepMissing } from './own-cover.ts';
import { viewCover } from './view-cover.ts';

const PROPOSALS_KEPT = 3;

/** Asks for titles, a picture prompt, a palette and motifs, and adds them to the cover's proposals. What was chosen stays. Throws `conflict` before the analysis. */
export async function proposeCoverTitles(
  deps: Deps,
  actor: Actor,
  { coverId, mood, prompt, seed, signal }: ProposeTitlesInput & { readonly signal?: AbortSignal | undefined },
): Promise<CoverView> {
  const cover = await requireOwnCover(deps, actor, coverId);
  const { analysis } = cover;
  if (!analysis) throw stepMissing('The music of this cover is not analyzed yet.', 'Analyze it again, or give another link.');
  const proposal = await proposeWords(deps, {
    facts: analysis.analysis.facts,
    name: analysis.of.name,
    artistNames: [...analysis.artistNames],
    mood,
    prompt,
    seed,
    signal,
  });
  await deps.db.transaction(async (tx) => {
    const now = (await lockOwnCover(tx, { id: coverId, userId: assetOwner(actor) })) ?? missingCover();
    await updateCover(tx, coverId, { proposals: [proposal, ...now.proposals].slice(0, PROPOSALS_KEPT), at: deps.now() });
  });
  return viewCover(deps, actor, { coverId });
}
