import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listReplicasOfAccount } from '#server/repos/accounts/account-replicas.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import type { Db } from '#server/repos/database.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import type { AccountInput, DisconnectPreviewView } from '#shared/contracts/accounts/accounts.ts';
import { KEPT_ON_DISCONNECT, forgetAccount } from './forget-account.ts';
import { requireAccount } from './refresh-access.ts';

/**
 * What disconnecting an account would delete and which playlists it affects, found by running it in a transaction that is rolled back. Throws
 * `not_found`.
 */
export async function previewDisconnect(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: AccountInput): Promise<DisconnectPreviewView> {
  requireAdmin(actor);
  const account = await requireAccount(deps.db, input.accountId);
  const replicas = await listReplicasOfAccount(deps.db, account.id);
  const { removed } = await runRolledBack(deps, (tx) => forgetAccount(deps, tx, account));
  return {
    accountId: account.id,
    displayName: account.displayName,
    hash: await disconnectHash(deps.db, account),
    removes: removed,
    keeps: KEPT_ON_DISCONNECT,
    playlists: replicas.map(({ index, themeTag, elsewhere }) => ({ index, themeTag, otherAccounts: elsewhere })),
  };
}

/** A hash of what the preview showed: this account, with this authorization and these playlists. */
export async function disconnectHash(db: Db, { id, tokenVersion, status }: Account): Promise<string> {
  const replicas = await listReplicasOfAccount(db, id);
  return digest(JSON.stringify([id, tokenVersion, status, replicas.map((replica) => replica.id)]));
}

class RolledBack extends Error {}

async function runRolledBack<T>(deps: Pick<Deps, 'db'>, work: (tx: Db) => Promise<T>): Promise<T> {
  const results: T[] = [];
  const attempt = deps.db.transaction(async (tx) => {
    results.push(await work(tx));
    throw new RolledBack();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  const [result] = results;
  if (result === undefined) throw new Error('The rolled-back work returned nothing.');
  return result;
}
