import type { Deps } from '#server/deps.ts';
import { insertReplica, listAccountRooms, listUnassignedPlaylists, lockAssignment } from '#server/repos/replicas.ts';
import type { AccountRoom } from '#server/repos/replicas.ts';
import { markerFor } from '#shared/domain/naming.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { replicaId } from '#shared/ids.ts';
import { sha256 } from './plan-hash.ts';

interface Assignment {
  readonly assigned: number;
  /** Numbers of the playlists for which no active account has room. */
  readonly withoutRoom: readonly number[];
}

/**
 * Gives every active playlist that has no replica one, on an active account with room. Rendezvous hashing decides, so the same network
 * and accounts lead to the same assignment; replicas that exist stay where they are.
 */
export async function assignReplicas(deps: Pick<Deps, 'db' | 'newId'>): Promise<Assignment> {
  return deps.db.transaction(async (tx) => {
    await lockAssignment(tx);
    const unassigned = await listUnassignedPlaylists(tx);
    const rooms = unassigned.length > 0 ? await listAccountRooms(tx) : [];
    const left = new Map(rooms.map((account) => [account.id, account.room]));
    const withoutRoom: number[] = [];
    for (const playlist of unassigned) {
      const account = preferred(
        playlist.id,
        rooms.filter((candidate) => (left.get(candidate.id) ?? 0) > 0),
      );
      if (!account) {
        withoutRoom.push(playlist.globalIndex);
        continue;
      }
      left.set(account.id, (left.get(account.id) ?? 0) - 1);
      const id = replicaId.parse(deps.newId());
      await insertReplica(tx, { id, playlistId: playlist.id, accountId: account.id, marker: markerFor(id) });
    }
    return { assigned: unassigned.length - withoutRoom.length, withoutRoom };
  });
}

/** The account with the highest hash together with this playlist; one that comes or goes moves only its own. */
function preferred(playlist: PlaylistId, accounts: readonly AccountRoom[]): AccountRoom | undefined {
  const ranked = accounts.map((account) => ({ account, rank: sha256(`${playlist}|${account.id}`) }));
  return ranked.toSorted((a, b) => (a.rank < b.rank ? 1 : -1))[0]?.account;
}
