import type { AccountId, PlaylistId, ReplicaId } from '#shared/ids.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

interface AccountState extends Record<string, unknown> {
  readonly id: AccountId;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly maxPlaylists: number;
  readonly authorizedAt: Date;
  readonly statusChangedAt: Date | null;
  readonly isDisconnected: boolean;
}

/** Every account of the network, connected or not, with what decides whether it may host playlists. */
export async function listAccountStates(db: Db): Promise<AccountState[]> {
  const found = await db.execute<AccountState>(sql`
    select id, display_name as "displayName", status, max_playlists as "maxPlaylists", authorized_at as "authorizedAt",
      status_changed_at as "statusChangedAt", disconnected_at is not null as "isDisconnected" from accounts where is_host order by id`);
  return found.rows.map((row) => ({
    ...row,
    authorizedAt: new Date(row.authorizedAt),
    statusChangedAt: row.statusChangedAt === null ? null : new Date(row.statusChangedAt),
  }));
}

export interface ActiveReplica extends Record<string, unknown> {
  readonly id: ReplicaId;
  readonly playlistId: PlaylistId;
  readonly accountId: AccountId;
  readonly isLive: boolean;
  readonly isLeaving: boolean;
}

/** Unretired replicas of active playlists, by playlist number. */
export async function listActiveReplicas(db: Db): Promise<ActiveReplica[]> {
  const found = await db.execute<ActiveReplica>(sql`
    select m.id, m.playlist_id as "playlistId", m.account_id as "accountId", m.status = 'live' and m.synced_day is not null as "isLive",
      m.leaving_since is not null as "isLeaving"
    from playlist_account_map m join playlists p on p.id = m.playlist_id
    where p.status = 'active' and m.status <> 'retired' order by p.global_index, m.account_id`);
  return found.rows;
}
