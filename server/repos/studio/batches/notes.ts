import { batchNotes, renders } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { UserId } from '#shared/ids.ts';
import { and, eq, isNull } from 'drizzle-orm';

interface OwnGroup {
  readonly groupId: string;
  readonly userId: UserId | null;
}

/** Whether a person requested this group; `null` is the operator with the admin key. */
export async function isOwnGroup(db: Db, { groupId, userId }: OwnGroup): Promise<boolean> {
  const own = userId === null ? isNull(renders.userId) : eq(renders.userId, userId);
  const found = await db
    .select({ id: renders.id })
    .from(renders)
    .where(and(eq(renders.groupId, groupId), own))
    .limit(1);
  return found.length > 0;
}

/** What a person wrote about a group of their own; undefined without a note. */
export async function findBatchNote(db: Db, { groupId, userId }: OwnGroup): Promise<string | undefined> {
  const own = userId === null ? isNull(batchNotes.userId) : eq(batchNotes.userId, userId);
  const found = await db
    .select({ note: batchNotes.note })
    .from(batchNotes)
    .where(and(eq(batchNotes.groupId, groupId), own));
  return found[0]?.note;
}

/** Replaces the note of a group; an empty one is deleted. */
export async function replaceBatchNote(db: Db, { note, ...row }: OwnGroup & { readonly note: string; readonly changedAt: Date }): Promise<void> {
  if (note === '') await db.delete(batchNotes).where(eq(batchNotes.groupId, row.groupId));
  else
    await db
      .insert(batchNotes)
      .values({ ...row, note })
      .onConflictDoUpdate({ target: batchNotes.groupId, set: { note, changedAt: row.changedAt } });
}
