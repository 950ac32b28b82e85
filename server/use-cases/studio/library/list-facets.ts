import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAssetFacets, sumLibrary } from '#server/repos/studio/library/list-library.ts';
import { listLoraRows } from '#server/repos/studio/loras.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { AssetFacets } from '#shared/contracts/studio/library/asset-views.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';

/** What the actor's own library holds and can be filtered by, without what is deleted. A LoRA that was removed is called by its id. */
export async function listFacets(deps: Pick<Deps, 'db' | 'models'>, actor: Actor): Promise<AssetFacets> {
  const userId = assetOwner(actor);
  const [found, sum, loras] = await Promise.all([listAssetFacets(deps.db, userId), sumLibrary(deps.db, userId), listLoraRows(deps.db)]);
  const of = (wanted: 'model' | 'task' | 'lora') => found.filter(({ kind }) => kind === wanted);
  const names = new Map<string, string>(loras.map(({ id, name }) => [id, name]));
  return {
    ...sum,
    tasks: of('task').flatMap(({ value, count }) => STUDIO_TASKS.filter((task) => task === value).map((task) => ({ task, count }))),
    models: of('model').map(({ value, count }) => ({ id: value, label: deps.models.find(({ id }) => id === value)?.label ?? value, count })),
    loras: of('lora').map(({ value, count }) => ({ id: value, name: names.get(value) ?? value, count })),
  };
}
