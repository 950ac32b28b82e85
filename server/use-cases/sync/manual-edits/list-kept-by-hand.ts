import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listKeptFaces } from '#server/repos/sync/replicas.ts';
import type { KeptByHandView } from '#shared/contracts/sync/remote-findings.ts';

/** Titles, descriptions and privacy set on Spotify that Segue keeps until the operator restores its own. */
export async function listKeptByHand(deps: Pick<Deps, 'db'>, actor: Actor): Promise<KeptByHandView[]> {
  requireAdmin(actor);
  const kept = await listKeptFaces(deps.db);
  return kept.flatMap(({ keptFace, ...named }) =>
    keptFace === null
      ? []
      : [{ ...named, name: keptFace.name ?? null, description: keptFace.description ?? null, isPrivate: keptFace.isPublic === false }],
  );
}
