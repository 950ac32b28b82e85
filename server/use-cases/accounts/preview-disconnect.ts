import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listReplicasOfAccount } from '#server/repos/accounts/account-replicas.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import type { Db } from '#server/repos/database.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import type { AccountInput, DisconnectPreviewView } from '#shared/contracts/accounts/accounts.ts';
import { WHAT_STAYS, forgetAccount } from './forget-account.ts';
import { requireAccount } from './refresh-access.ts';

/** What disconnecting an account would remove and what becomes of its playlists: found by doing it and taking it back. Throws `not_found`. */
export async function previewDisconnect(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: AccountInput): Promise<DisconnectPreviewView> {
  requireAdmin(actor);
  const account = await requireAccount(deps.db, input.accountId);
  const replicas = await listReplicasOfAccount(deps.db, account.id);
  const { removed } = await undone(deps, (tx) => forgetAccount(deps, tx, account));
  return {
    accountId: account.id,
    displayName: account.displayName,
    hash: await disconnectHash(deps.db, account),
    removes: removed,
    keeps: WHAT_STAYS,
    playlists: replicas.map(({ index, themeTag, elsewhere }) => ({ index, themeTag, elsewhere })),
  };
}

/** Names what a person agreed to: this account, with this authorisation and these playlists. */
export async function disconnectHash(db: Db, { id, tokenVersion, status }: Account): Promise<string> {
  const replicas = await listReplicasOfAccount(db, id);
  return digest(JSON.stringify([id, tokenVersion, status, replicas.map((replica) => replica.id)]));
}

class TakenBack extends Error {}

async function undone<T>(deps: Pick<Deps, 'db'>, work: (tx: Db) => Promise<T>): Promise<T> {
  const found: T[] = [];
  const attempt = deps.db.transaction(async (tx) => {
    found.push(await work(tx));
    throw new TakenBack();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  const [result] = found;
  if (result === undefined) throw new Error('Nothing was found out.');
  return result;
}
