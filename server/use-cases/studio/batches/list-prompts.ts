import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listGroupAssets, listPromptGroups } from '#server/repos/studio/batches/prompts.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { toRenderedAsset } from '#server/use-cases/studio/renders/render-view.ts';
import type { ListPromptsInput, PromptPage } from '#shared/contracts/studio/batches.ts';

const SHOWN_MAX = 5;

/** The actor's own requests with their prompts and first pictures, newest first. */
export async function listPrompts(deps: Pick<Deps, 'db' | 'models'>, actor: Actor, input: ListPromptsInput): Promise<PromptPage> {
  const found = await listPromptGroups(deps.db, assetOwner(actor), { ...input, limit: input.limit + 1 });
  const groups = found.slice(0, input.limit);
  const assets = await listGroupAssets(
    deps.db,
    groups.map(({ groupId }) => groupId),
  );
  const labelOf = (model: string) => deps.models.find(({ id }) => id === model)?.label ?? model;
  const items = groups.map(({ models, createdAt, ...group }) => ({
    ...group,
    models: models.map(labelOf),
    createdAt: createdAt.toISOString(),
    assets: (assets.get(group.groupId) ?? []).slice(0, SHOWN_MAX).map(toRenderedAsset),
  }));
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > input.limit ? { createdAt: last.createdAt, groupId: last.groupId } : null };
}
