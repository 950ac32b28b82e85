import { modelDefaults, models, renders } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { RenderId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { and, asc, eq, notInArray } from 'drizzle-orm';

export type ModelRow = typeof models.$inferSelect;

/** What was said of each model, by its id. */
export async function listModelRows(db: Db): Promise<ReadonlyMap<string, ModelRow>> {
  return new Map((await db.select().from(models)).map((row) => [row.id, row]));
}

export async function findModelRow(db: Db, id: string): Promise<ModelRow | undefined> {
  return (await db.select().from(models).where(eq(models.id, id)))[0];
}

type ModelColumns = Partial<Omit<typeof models.$inferInsert, 'id' | 'changedAt' | 'changedBy'>>;

/** Stores the given columns; the others stay, or have their defaults. */
export async function saveModelRow(
  db: Db,
  id: string,
  { set, at, by }: { readonly set: ModelColumns; readonly at: Date; readonly by: string },
): Promise<void> {
  const stamped = { ...set, changedAt: at, changedBy: by };
  await db
    .insert(models)
    .values({ id, ...stamped })
    .onConflictDoUpdate({ target: models.id, set: stamped });
}

/** The tasks for which each model is chosen first. */
export async function listModelDefaults(db: Db): Promise<readonly { readonly task: StudioTask; readonly modelId: string }[]> {
  return db.select({ task: modelDefaults.task, modelId: modelDefaults.modelId }).from(modelDefaults).orderBy(asc(modelDefaults.task));
}

/** Makes a model the first choice for exactly these tasks. */
export async function saveModelDefaults(
  db: Db,
  modelId: string,
  { tasks, at, by }: { readonly tasks: readonly StudioTask[]; readonly at: Date; readonly by: string },
): Promise<void> {
  const others = tasks.length === 0 ? undefined : notInArray(modelDefaults.task, [...tasks]);
  await db.delete(modelDefaults).where(and(eq(modelDefaults.modelId, modelId), others));
  const stamped = { modelId, changedAt: at, changedBy: by };
  for (const task of tasks)
    await db
      .insert(modelDefaults)
      .values({ task, ...stamped })
      .onConflictDoUpdate({ target: modelDefaults.task, set: stamped });
}

/** The renders of a model that were not sent yet, the oldest first. */
export async function listUnsentOfModel(db: Db, model: string): Promise<RenderId[]> {
  const found = await db
    .select({ id: renders.id })
    .from(renders)
    .where(and(eq(renders.model, model), eq(renders.state, 'queued')))
    .orderBy(asc(renders.createdAt));
  return found.map(({ id }) => id);
}
