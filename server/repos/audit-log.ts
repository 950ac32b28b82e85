import { auditLog } from '#drizzle/schema/index.ts';
import { and, asc, eq, gt, gte, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

type AuditEntry = typeof auditLog.$inferInsert;

/** Inserts an entry; entries are never changed. `detail` must not contain secrets or personal data. */
export async function insertAuditEntry(db: Db, entry: AuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}

/** When an action was done to a subject since an instant, oldest first. */
export async function listAuditInstants(db: Db, what: { action: string; subject: string; since: Date }): Promise<readonly Date[]> {
  const rows = await db
    .select({ at: auditLog.at })
    .from(auditLog)
    .where(and(gt(auditLog.at, what.since), eq(auditLog.action, what.action), eq(auditLog.subject, what.subject)))
    .orderBy(asc(auditLog.at));
  return rows.map((row) => row.at);
}

/** The `detail` of every entry of an action since an instant. */
export async function listAuditDetails(db: Db, what: { action: string; since: Date }): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ detail: auditLog.detail })
    .from(auditLog)
    .where(and(gte(auditLog.at, what.since), eq(auditLog.action, what.action)));
  return new Set(rows.flatMap(({ detail }) => detail ?? []));
}

/** Takes a lock that one transaction at a time, across all processes, can hold; released at commit, rollback or when the session ends. */
export async function takeTransactionLock(db: Db, name: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
