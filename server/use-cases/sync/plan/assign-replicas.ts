import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { reviveReplica } from '#server/repos/scaling/manager-plans.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { insertReplica, listPlaylistsShortOf, lockAssignment } from '#server/repos/sync/replicas.ts';
import { gatherStanding } from '#server/use-cases/scaling/gather-facts.ts';
import { markerFor } from '#shared/domain/sync/naming.ts';
import { whyNoNewReplicas } from '#shared/domain/scaling/scaling-room.ts';
import type { AccountId, PlaylistId } from '#shared/ids.ts';
import { accountId, replicaId } from '#shared/ids.ts';
import { sha256 } from './plan-hash.ts';

interface Assignment {
  readonly assigned: number;
  /** Numbers of the playlists that stand nowhere, because no active account has room. */
  readonly withoutRoom: readonly number[];
}

interface AccountRoom {
  readonly id: AccountId;
  /** Playlists that it may still take. */
  readonly room: number;
}

/**
 * Gives every active playlist as many replicas as the network's replication factor says, as far as accounts take new ones and have room: the same
 * accounts that a scaling plan would choose from. Rendezvous hashing decides, so the same network and accounts lead to the same assignment;
 * replicas that exist stay where they are, moving them is the business of a scaling plan.
 */
export async function assignReplicas(deps: Pick<Deps, 'db' | 'now' | 'newId'>): Promise<Assignment> {
  const { scaling } = await readNetworkSettings(deps.db);
  return deps.db.transaction(async (tx) => {
    await lockAssignment(tx);
    const short = await listPlaylistsShortOf(tx, scaling.replicationFactor);
    const rooms = short.length > 0 ? await listRooms(tx, deps) : [];
    const left = new Map(rooms.map((account) => [account.id, account.room]));
    const withoutRoom: number[] = [];
    let assigned = 0;
    for (const { id, globalIndex, standsOn } of short) {
      const open = rooms.filter((account) => (left.get(account.id) ?? 0) > 0 && !standsOn.includes(account.id));
      const chosen = preferred(id, open).slice(0, scaling.replicationFactor - standsOn.length);
      if (chosen.length + standsOn.length === 0) withoutRoom.push(globalIndex);
      for (const account of chosen) {
        left.set(account.id, (left.get(account.id) ?? 0) - 1);
        await place(tx, deps, { playlistId: id, accountId: account.id });
        assigned += 1;
      }
    }
    return { assigned, withoutRoom };
  });
}

async function listRooms(tx: Db, deps: Pick<Deps, 'now'>): Promise<AccountRoom[]> {
  const { settings, accounts, replicas } = await gatherStanding(tx, deps);
  return accounts
    .filter((account) => whyNoNewReplicas(account, settings) === undefined)
    .map(({ id, maxPlaylists }) => ({
      id: accountId.parse(id),
      room: maxPlaylists - replicas.filter((replica) => replica.accountId === id).length,
    }));
}

async function place(tx: Db, deps: Pick<Deps, 'newId'>, where: { playlistId: PlaylistId; accountId: AccountId }): Promise<void> {
  if (await reviveReplica(tx, where)) return;
  const id = replicaId.parse(deps.newId());
  await insertReplica(tx, { id, ...where, marker: markerFor(id) });
}

/** Accounts by their hash together with this playlist, highest first; one that comes or goes moves only its own. */
function preferred(playlist: PlaylistId, accounts: readonly AccountRoom[]): AccountRoom[] {
  const ranked = accounts.map((account) => ({ account, rank: sha256(`${playlist}|${account.id}`) }));
  return ranked.toSorted((a, b) => (a.rank < b.rank ? 1 : -1)).map(({ account }) => account);
}
