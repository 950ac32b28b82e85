import { assets, costLedger, renders } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { ListRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import type { RenderId, UserId } from '#shared/ids.ts';
import type { CostState, RenderState } from '#shared/vocabulary.ts';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

export type RenderRow = typeof renders.$inferSelect;
export type RenderAssetRow = typeof assets.$inferSelect;

/** A render with the state of its cost and its files. */
export interface RenderFacts {
  readonly render: RenderRow;
  readonly cost: CostState;
  readonly assets: readonly RenderAssetRow[];
}

export async function insertRender(db: Db, row: typeof renders.$inferInsert): Promise<void> {
  await db.insert(renders).values(row);
}

export async function findRender(db: Db, id: RenderId): Promise<RenderRow | undefined> {
  return (await db.select().from(renders).where(eq(renders.id, id)))[0];
}

/** A render of a person; `null` is the operator with the admin key. Undefined when it is somebody else's. */
export async function findOwnRender(db: Db, { id, userId }: { id: RenderId; userId: UserId | null }): Promise<RenderFacts | undefined> {
  return (await listFacts(db, and(eq(renders.id, id), isOwn(userId)), 1))[0];
}

/** A page of a person's renders, newest first. */
export async function listOwnRenders(
  db: Db,
  userId: UserId | null,
  { states, groupId, cursor, limit }: Omit<ListRendersInput, 'limit'> & { limit: number },
): Promise<RenderFacts[]> {
  const conditions = [
    isOwn(userId),
    states && inArray(renders.state, states),
    groupId === undefined ? undefined : eq(renders.groupId, groupId),
    cursor && sql`(${renders.createdAt}, ${renders.id}) < (${cursor.createdAt}::timestamptz, ${cursor.id}::uuid)`,
  ];
  return listFacts(db, and(...conditions), limit);
}

/** The renders of one request, and whose they are. */
export async function listGroup(db: Db, groupId: string): Promise<Pick<RenderRow, 'id' | 'userId'>[]> {
  return db.select({ id: renders.id, userId: renders.userId }).from(renders).where(eq(renders.groupId, groupId)).orderBy(asc(renders.id));
}

/** Which of a person's renders were requested again. */
export async function listRepeated(db: Db, userId: UserId | null, ids: readonly RenderId[]): Promise<ReadonlySet<RenderId>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ retryOf: renders.retryOf })
    .from(renders)
    .where(and(isOwn(userId), inArray(renders.retryOf, [...ids])));
  return new Set(rows.flatMap(({ retryOf }) => retryOf ?? []));
}

type RenderChange = Partial<typeof renders.$inferInsert> & { readonly changedAt: Date };

/** Changes a render that is in one of these states, and returns it; undefined when it is in another one, so that every step happens once. */
export async function changeRender(
  db: Db,
  id: RenderId,
  { from, set }: { readonly from: readonly RenderState[]; readonly set: RenderChange },
): Promise<RenderRow | undefined> {
  const changed = await db
    .update(renders)
    .set(set)
    .where(and(eq(renders.id, id), inArray(renders.state, [...from])))
    .returning();
  return changed[0];
}

/** A person's renders that no vendor has, in line or with a place. */
export async function listUnsentRenders(db: Db, userId: UserId): Promise<Pick<RenderRow, 'id' | 'vendor'>[]> {
  return db
    .select({ id: renders.id, vendor: renders.vendor })
    .from(renders)
    .where(and(eq(renders.userId, userId), eq(renders.state, 'queued')));
}

/** Notes that a cancellation was requested of a render that is not finished; the first time is kept. */
export async function markCancelRequested(db: Db, id: RenderId, at: Date): Promise<RenderRow | undefined> {
  const requestedAt = sql`coalesce(${renders.cancelRequestedAt}, ${at.toISOString()}::timestamptz)`;
  const changed = await db
    .update(renders)
    .set({ cancelRequestedAt: requestedAt, changedAt: at })
    .where(and(eq(renders.id, id), isNull(renders.finishedAt)))
    .returning();
  return changed[0];
}

async function listFacts(db: Db, condition: SQL | undefined, limit: number): Promise<RenderFacts[]> {
  const rows = await db
    .select({ render: renders, cost: costLedger.state })
    .from(renders)
    .leftJoin(costLedger, eq(costLedger.renderId, renders.id))
    .where(condition)
    .orderBy(desc(renders.createdAt), desc(renders.id))
    .limit(limit);
  if (rows.length === 0) return [];
  const files = await db
    .select()
    .from(assets)
    .where(
      and(
        inArray(
          assets.renderId,
          rows.map(({ render }) => render.id),
        ),
        isNull(assets.deletedAt),
      ),
    )
    .orderBy(asc(assets.position));
  return rows.map(({ render, cost }) => ({ render, cost: cost ?? 'refunded', assets: files.filter((file) => file.renderId === render.id) }));
}

function isOwn(userId: UserId | null): SQL {
  return userId === null ? isNull(renders.userId) : eq(renders.userId, userId);
}
