import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listKeptDetailsRows } from '#server/repos/sync/replicas.ts';
import type { KeptEditsView } from '#shared/contracts/sync/remote-findings.ts';

/** Titles, descriptions and privacy set on Spotify that Segue keeps until the operator restores its own. */
export async function listKeptDetails(deps: Pick<Deps, 'db'>, actor: Actor): Promise<KeptEditsView[]> {
  requireAdmin(actor);
  const kept = await listKeptDetailsRows(deps.db);
  return kept.flatMap(({ keptFace, ...named }) =>
    keptFace === null
      ? []
      : [{ ...named, name: keptFace.name ?? null, description: keptFace.description ?? null, isPrivate: keptFace.isPublic === false }],
  );
}
