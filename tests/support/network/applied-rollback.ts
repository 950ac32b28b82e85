import type { Db } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';

interface AppliedRollback {
  readonly index: number;
  readonly day: string;
  readonly shows: string;
  readonly reason?: string;
}

/** A rollback as it is stored once its plan was applied on one account at 04:30, without a sandbox and without a sync. */
export async function insertAppliedRollback(db: Db, { index, day, shows, reason }: AppliedRollback): Promise<void> {
  const [account, replica] = [randomUUID(), randomUUID()];
  const at = `${day}T04:30:00Z`;
  const body = JSON.stringify({ shows, seenFingerprint: 'before', wantedFingerprint: 'after', wantedUris: [], diff: [] });
  await db.execute(sql`insert into list_overrides (playlist_id, batch_tag, shows_batch_tag, reason, created_by, created_at)
    select id, ${day}::date, ${shows}::date, ${reason ?? null}, 'admin_key', ${at}::timestamptz from playlists where global_index = ${index}`);
  await db.execute(sql`insert into accounts (id, spotify_user_id, display_name, scopes, authorized_at, connected_at)
    values (${account}, ${account}, 'Segue North', '{}', ${at}, ${at})`);
  await db.execute(sql`insert into playlist_account_map (id, playlist_id, account_id, status, spotify_playlist_id, marker, fingerprint, synced_day, synced_at)
    select ${replica}::uuid, id, ${account}::uuid, 'live', ${replica.slice(0, 22)}, ${replica}, 'after', ${day}::date, ${at}::timestamptz
    from playlists where global_index = ${index}`);
  await db.execute(sql`insert into sync_plans (id, replica_id, batch_tag, hash, status, body, request_cost, planned_by, planned_at, applied_at)
    values (${randomUUID()}, ${replica}, ${day}, 'hash', 'applied', ${body}::jsonb, 3, 'admin_key', ${at}, ${at})`);
}
