import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listKnownTags } from '#server/repos/catalog/known-tags.ts';
import type { KnownTagsView } from '#shared/contracts/policies/policy-views.ts';

/** Enough to browse; rarer tags can still be typed. */
const PER_KIND = 300;

/** The genres and moods in the catalog, most frequent first, to choose from in a rule. */
export async function listTags(deps: Pick<Deps, 'db'>, actor: Actor): Promise<KnownTagsView> {
  requireAdmin(actor);
  const rows = await listKnownTags(deps.db, PER_KIND);
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted).map(({ tag, recordings }) => ({ name: tag, recordings }));
  return { genre: of('genre'), mood: of('mood') };
}
