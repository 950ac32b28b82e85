import { generationHistory, users } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { ListHistoryInput } from '#shared/contracts/studio/generation-history.ts';
import type { RenderId } from '#shared/ids.ts';
import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';

type AttemptRow = typeof generationHistory.$inferSelect;

export async function insertAttempt(db: Db, row: typeof generationHistory.$inferInsert): Promise<void> {
  await db.insert(generationHistory).values(row);
}

/** Writes how the attempt of a render ended. */
export async function finishAttempt(
  db: Db,
  id: RenderId,
  end: Pick<AttemptRow, 'success' | 'errorMessage' | 'imagePath' | 'generationTime'>,
): Promise<void> {
  await db.update(generationHistory).set(end).where(eq(generationHistory.renderId, id));
}

const RESULTS = {
  done: eq(generationHistory.success, true),
  failed: eq(generationHistory.success, false),
  running: isNull(generationHistory.success),
};

/** Attempts with the names of the people, newest first. */
export async function listAttempts(
  db: Db,
  { result, model, cursor, limit }: ListHistoryInput,
): Promise<(AttemptRow & { readonly name: string | null })[]> {
  const conditions = [
    result && RESULTS[result],
    model === undefined ? undefined : eq(generationHistory.model, model),
    cursor && sql`(${generationHistory.createdAt}, ${generationHistory.id}) < (${cursor.createdAt}::timestamptz, ${cursor.id}::uuid)`,
  ];
  const rows = await db
    .select({ attempt: generationHistory, name: users.displayName })
    .from(generationHistory)
    .leftJoin(users, eq(users.id, generationHistory.userId))
    .where(and(...conditions))
    .orderBy(desc(generationHistory.createdAt), desc(generationHistory.id))
    .limit(limit);
  return rows.map(({ attempt, name }) => ({ ...attempt, name }));
}

interface AttemptFigures {
  readonly attempts: number;
  readonly successRate: number | null;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
}

/** Share of the finished attempts that succeeded. */
const SUCCESS_RATE = sql<number | null>`avg(case ${generationHistory.success} when true then 1.0 when false then 0.0 end)::float8`;
const LISTED_MAX = 10;

const percentile = (share: number) =>
  sql<
    number | null
  >`(percentile_cont(${share}) within group (order by ${generationHistory.generationTime}) filter (where ${generationHistory.success}))::float8`;

/** Figures of the attempts since an instant. */
export async function sumAttempts(db: Db, since: Date): Promise<AttemptFigures> {
  const found = await db
    .select({ attempts: sql<number>`count(*)::int`, successRate: SUCCESS_RATE, medianSeconds: percentile(0.5), p95Seconds: percentile(0.95) })
    .from(generationHistory)
    .where(sql`${generationHistory.createdAt} >= ${since.toISOString()}::timestamptz`);
  return found[0] ?? { attempts: 0, successRate: null, medianSeconds: null, p95Seconds: null };
}

/** The most frequent models, moods or reasons of failures since an instant. */
export async function countAttempts(
  db: Db,
  of: 'model' | 'mood' | 'errorMessage',
  since: Date,
): Promise<{ readonly name: string; readonly attempts: number; readonly successRate: number | null }[]> {
  const column = generationHistory[of];
  const attempts = sql<number>`count(*)::int`;
  return db
    .select({ name: sql<string>`${column}`, attempts, successRate: SUCCESS_RATE })
    .from(generationHistory)
    .where(and(isNotNull(column), sql`${generationHistory.createdAt} >= ${since.toISOString()}::timestamptz`))
    .groupBy(column)
    .orderBy(desc(attempts), column)
    .limit(LISTED_MAX);
}

/** Deletes the IP addresses of attempts before an instant; returns how many. */
export async function deleteAddressesBefore(db: Db, before: Date): Promise<number> {
  const changed = await db
    .update(generationHistory)
    .set({ userIp: null })
    .where(and(isNotNull(generationHistory.userIp), lt(generationHistory.createdAt, before)));
  return changed.rowCount ?? 0;
}

/** The attempt of a render. */
export async function findAttempt(db: Db, id: RenderId): Promise<AttemptRow | undefined> {
  return (await db.select().from(generationHistory).where(eq(generationHistory.renderId, id)))[0];
}
