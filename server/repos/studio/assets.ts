import { assets, assetSources, renders } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { assetId } from '#shared/ids.ts';
import type { AssetId, RenderId, UserId } from '#shared/ids.ts';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

export type AssetRow = typeof assets.$inferSelect;

/** What a request has to know of an asset that it names. */
export type OwnAsset = Pick<AssetRow, 'id' | 'sha256' | 'mediaType' | 'width' | 'height' | 'origin'>;

/** A stored file to add. What its render says of it is copied from the render. */
export type NewAsset = Omit<typeof assets.$inferInsert, 'prompt' | 'task' | 'model' | 'loras'> & {
  /** What it was made from, when no render says so. */
  readonly madeFrom?: readonly AssetId[];
};

/** Adds a row for a stored file, with the words, the model and the pictures of its render, so that a search reads one table. Many rows may name the same file. */
export async function insertAsset(db: Db, { madeFrom = [], ...asset }: NewAsset): Promise<void> {
  const made = asset.renderId ? await describeRender(db, asset.renderId) : undefined;
  await db.insert(assets).values({ ...asset, ...made?.columns });
  const sources = made?.sources ?? madeFrom;
  if (sources.length > 0) await db.insert(assetSources).values(sources.map((sourceId, position) => ({ assetId: asset.id, sourceId, position })));
}

/** True for what is a person's own; `null` is the operator with the admin key. */
export function isOwnAsset(userId: UserId | null): SQL {
  return userId === null ? isNull(assets.userId) : eq(assets.userId, userId);
}

/** An asset of a person, deleted or not; `null` is the operator with the admin key. Undefined when it is somebody else's. */
export async function findOwnAsset(db: Db, { id, userId }: { id: AssetId; userId: UserId | null }): Promise<AssetRow | undefined> {
  const found = await db
    .select()
    .from(assets)
    .where(and(eq(assets.id, id), isOwnAsset(userId)));
  return found[0];
}

/** Those of the assets that are a person's own and not deleted. */
export async function listOwnAssets(db: Db, { ids, userId }: { ids: readonly AssetId[]; userId: UserId | null }): Promise<OwnAsset[]> {
  const { id, sha256, mediaType, width, height, origin } = assets;
  return db
    .select({ id, sha256, mediaType, width, height, origin })
    .from(assets)
    .where(and(inArray(assets.id, [...ids]), isOwnAsset(userId), isNull(assets.deletedAt)));
}

/** The same assets as whole rows. */
export async function listOwnAssetRows(db: Db, { ids, userId }: { ids: readonly AssetId[]; userId: UserId | null }): Promise<AssetRow[]> {
  return db
    .select()
    .from(assets)
    .where(and(inArray(assets.id, [...ids]), isOwnAsset(userId), isNull(assets.deletedAt)));
}

/** The render that made an asset; undefined for an upload. */
export async function findAssetRecipe(
  db: Db,
  id: AssetId,
): Promise<{ readonly render: typeof renders.$inferSelect; readonly seed: string | null; readonly position: number } | undefined> {
  const found = await db
    .select({ render: renders, seed: assets.seed, position: assets.position })
    .from(assets)
    .innerJoin(renders, eq(renders.id, assets.renderId))
    .where(eq(assets.id, id));
  return found[0];
}

async function describeRender(db: Db, id: RenderId) {
  const { values, model, task, inputFiles } = renders;
  const [render] = await db.select({ values, model, task, inputFiles }).from(renders).where(eq(renders.id, id));
  if (!render) return undefined;
  const { prompt, loras } = render.values;
  const names = Array.isArray(loras) ? loras.flatMap((each) => (isNamed(each) ? [each.loraId] : [])) : [];
  return {
    columns: { origin: 'render', prompt: typeof prompt === 'string' ? prompt : null, task: render.task, model: render.model, loras: names } as const,
    sources: Object.keys(render.inputFiles).map((source) => assetId.parse(source)),
  };
}

function isNamed(lora: unknown): lora is { readonly loraId: string } {
  return typeof lora === 'object' && lora !== null && 'loraId' in lora && typeof lora.loraId === 'string';
}
