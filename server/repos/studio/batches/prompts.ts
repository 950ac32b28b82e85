import { assets, renders } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { RenderAssetRow } from '#server/repos/studio/renders.ts';
import type { ListPromptsInput } from '#shared/contracts/studio/batches.ts';
import type { UserId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';

/** A group of renders with one prompt. */
interface PromptRow {
  readonly groupId: string;
  readonly prompt: string;
  readonly task: StudioTask;
  readonly models: readonly string[];
  readonly renders: number;
  readonly pictures: number;
  readonly chargeUsdMicros: number;
  readonly createdAt: Date;
}

/** A person's requests that have a prompt, the newest first. `search` is a part of the prompt. */
export async function listPromptGroups(db: Db, userId: UserId | null, { search, cursor, limit }: ListPromptsInput): Promise<readonly PromptRow[]> {
  const words = search ? sql`and values->>'prompt' ilike ${`%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}` : sql``;
  const place = cursor ? sql`having (min(created_at), group_id) < (${cursor.createdAt}::timestamptz, ${cursor.groupId}::uuid)` : sql``;
  const found = await db.execute<Omit<{ [K in keyof PromptRow]: PromptRow[K] }, 'createdAt'> & { readonly createdAt: string }>(sql`
    select group_id as "groupId", min(values->>'prompt') as prompt, min(task::text) as task, array_agg(distinct model) as models,
      count(*)::int as renders, coalesce(sum(case when result is null then 0 else jsonb_array_length(result) end), 0)::int as pictures,
      coalesce(sum(charge_usd_micros), 0)::float8 as "chargeUsdMicros", min(created_at) as "createdAt"
    from renders where ${userId === null ? sql`user_id is null` : sql`user_id = ${userId}::uuid`} and values->>'prompt' <> '' ${words}
    group by group_id ${place} order by min(created_at) desc, group_id desc limit ${limit}`);
  return found.rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}

/** The files of these requests that are not deleted, by request, in their order. */
export async function listGroupAssets(db: Db, groupIds: readonly string[]): Promise<ReadonlyMap<string, readonly RenderAssetRow[]>> {
  if (groupIds.length === 0) return new Map();
  const rows = await db
    .select({ groupId: renders.groupId, asset: assets })
    .from(assets)
    .innerJoin(renders, eq(renders.id, assets.renderId))
    .where(and(inArray(renders.groupId, [...groupIds]), isNull(assets.deletedAt)))
    .orderBy(asc(renders.createdAt), asc(assets.position));
  const byGroup = new Map<string, RenderAssetRow[]>();
  for (const { groupId, asset } of rows) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), asset]);
  return byGroup;
}
