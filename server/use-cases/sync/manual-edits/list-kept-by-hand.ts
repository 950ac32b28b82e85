import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listKeptFaces } from '#server/repos/sync/replicas.ts';
import type { KeptByHandView } from '#shared/contracts/sync/remote-findings.ts';

/** Titles, descriptions and privacy that hands gave playlists on Spotify and that are kept until they are released. */
export async function listKeptByHand(deps: Pick<Deps, 'db'>, actor: Actor): Promise<KeptByHandView[]> {
  requireAdmin(actor);
  const found = await listKeptFaces(deps.db);
  return found.flatMap(({ keptFace, ...named }) =>
    keptFace === null
      ? []
      : [{ ...named, name: keptFace.name ?? null, description: keptFace.description ?? null, isPrivate: keptFace.isPublic === false }],
  );
}
