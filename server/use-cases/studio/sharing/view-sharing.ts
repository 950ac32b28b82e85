import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { requireAsset } from '#server/use-cases/studio/library/require-asset.ts';
import type { AssetInput } from '#shared/contracts/studio/library/assets.ts';
import type { SharingView } from '#shared/contracts/studio/library/sharing.ts';
import { sharingViewOf } from './sharing-view-of.ts';

/** Who may see an asset of the actor's own, and its shared address. Throws `not_found`. */
export async function viewSharing(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, { id }: AssetInput): Promise<SharingView> {
  return sharingViewOf(await requireAsset(deps, actor, id));
}
