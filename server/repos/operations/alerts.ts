import { alerts } from '#drizzle/schema/index.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { desc, gte, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type AlertRow = typeof alerts.$inferSelect;

/** Open alerts and those closed at or after `since`, newest first. */
export async function listAlerts(db: Db, since: Date, limit: number): Promise<AlertRow[]> {
  return db
    .select()
    .from(alerts)
    .where(or(isNull(alerts.closedAt), gte(alerts.closedAt, since)))
    .orderBy(desc(alerts.openedAt), alerts.key)
    .limit(limit);
}

/**
 * Makes the open alerts match the given ones: opens new ones, updates continuing ones, closes the rest. Safe to call from several processes at once;
 * an alert is opened once.
 */
export async function syncAlerts(db: Db, current: readonly Alert[], look: { at: Date; newId: () => string }): Promise<void> {
  const at = look.at.toISOString();
  const incoming = current.map(({ action, ...alert }) => ({
    ...alert,
    id: look.newId(),
    actionLabel: action?.label ?? null,
    actionHref: action?.href ?? null,
  }));
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('segue.alerts', 0))`);
  await db.execute(sql`
    update alerts set closed_at = ${at}::timestamptz
    where closed_at is null and key <> all (select g.key from jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb) as g(key text))`);
  await db.execute(sql`
    insert into alerts (id, key, level, what, detail, action_label, action_href, opened_at)
    select g.id, g.key, g.level, g.what, g.detail, g."actionLabel", g."actionHref", ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb)
      as g(id uuid, key text, level alert_level, what text, detail text, "actionLabel" text, "actionHref" text)
    on conflict (key) where closed_at is null do update set level = excluded.level, what = excluded.what, detail = excluded.detail,
      action_label = excluded.action_label, action_href = excluded.action_href`);
}
