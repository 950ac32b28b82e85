import { simulations } from '#drizzle/schema/index.ts';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type SimulationRow = typeof simulations.$inferSelect;
type NewSimulation = Pick<SimulationRow, 'id' | 'title' | 'input' | 'total' | 'createdBy' | 'createdAt'>;

export async function insertSimulation(db: Db, row: NewSimulation): Promise<void> {
  await db.insert(simulations).values(row);
}

export async function findSimulation(db: Db, id: string): Promise<SimulationRow | undefined> {
  return (await db.select().from(simulations).where(eq(simulations.id, id)))[0];
}

/** Newest first. */
export async function listSimulationRows(db: Db, limit: number): Promise<SimulationRow[]> {
  return db.select().from(simulations).orderBy(desc(simulations.createdAt)).limit(limit);
}

type SimulationChange = Partial<Pick<SimulationRow, 'status' | 'done' | 'results' | 'problem' | 'finishedAt'>>;

/** Updates a queued or running simulation and returns whether there was one. Done, failed and canceled ones never change. */
export async function updateOpenSimulation(db: Db, id: string, change: SimulationChange): Promise<boolean> {
  const changed = await db
    .update(simulations)
    .set(change)
    .where(and(eq(simulations.id, id), inArray(simulations.status, ['queued', 'running'])))
    .returning({ id: simulations.id });
  return changed.length > 0;
}
