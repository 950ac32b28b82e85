import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { insertReplica, listUnderReplicated, lockAssignment, reviveReplica } from '#server/repos/sync/replicas.ts';
import { whyNoNewReplicas } from '#shared/domain/accounts/hosting.ts';
import { markerFor } from '#shared/domain/sync/replica-marker.ts';
import type { AccountId, PlaylistId } from '#shared/ids.ts';
import { accountId, replicaId } from '#shared/ids.ts';
import { gatherHosting } from './gather-hosting.ts';
import { sha256 } from './plan-hash.ts';

interface Assignment {
  readonly assigned: number;
  /** Numbers of the playlists that no account hosts, because no active account has a free slot. */
  readonly withoutAccount: readonly number[];
}

interface AccountSlots {
  readonly id: AccountId;
  /** Playlists that it may still host. */
  readonly slots: number;
}

/**
 * Assigns every active playlist as many replicas as the replication factor requires, on accounts that accept new playlists and have free slots: the
 * same accounts that a scaling plan would choose from. Uses rendezvous hashing, so the same network and accounts give the same assignment. Existing
 * replicas stay; only a scaling plan moves them.
 */
export async function assignReplicas(deps: Pick<Deps, 'db' | 'now' | 'newId'>): Promise<Assignment> {
  const { scaling } = await readNetworkSettings(deps.db);
  return deps.db.transaction(async (tx) => {
    await lockAssignment(tx);
    const short = await listUnderReplicated(tx, scaling.replicationFactor);
    const accounts = short.length > 0 ? await listAccountSlots(tx, deps) : [];
    const freeSlots = new Map(accounts.map((account) => [account.id, account.slots]));
    const withoutAccount: number[] = [];
    let assigned = 0;
    for (const { id, globalIndex, hostedOn } of short) {
      const open = accounts.filter((account) => (freeSlots.get(account.id) ?? 0) > 0 && !hostedOn.includes(account.id));
      const chosen = rankAccounts(id, open).slice(0, scaling.replicationFactor - hostedOn.length);
      if (chosen.length + hostedOn.length === 0) withoutAccount.push(globalIndex);
      for (const account of chosen) {
        freeSlots.set(account.id, (freeSlots.get(account.id) ?? 0) - 1);
        await storeReplica(tx, deps, { playlistId: id, accountId: account.id });
        assigned += 1;
      }
    }
    return { assigned, withoutAccount };
  });
}

async function listAccountSlots(tx: Db, deps: Pick<Deps, 'now'>): Promise<AccountSlots[]> {
  const { settings, accounts, replicas } = await gatherHosting(tx, deps);
  return accounts
    .filter((account) => whyNoNewReplicas(account, settings) === undefined)
    .map(({ id, maxPlaylists }) => ({
      id: accountId.parse(id),
      slots: maxPlaylists - replicas.filter((replica) => replica.accountId === id).length,
    }));
}

async function storeReplica(tx: Db, deps: Pick<Deps, 'newId'>, where: { playlistId: PlaylistId; accountId: AccountId }): Promise<void> {
  if (await reviveReplica(tx, where)) return;
  const id = replicaId.parse(deps.newId());
  await insertReplica(tx, { id, ...where, marker: markerFor(id) });
}

/** Accounts by their hash with this playlist, highest first: an added or removed account moves only its own playlists. */
function rankAccounts(playlist: PlaylistId, accounts: readonly AccountSlots[]): AccountSlots[] {
  const ranked = accounts.map((account) => ({ account, rank: sha256(`${playlist}|${account.id}`) }));
  return ranked.toSorted((a, b) => (a.rank < b.rank ? 1 : -1)).map(({ account }) => account);
}
