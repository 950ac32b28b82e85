import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findAccountBySpotifyUser } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import { beginReconnect } from '#server/use-cases/accounts/begin-reconnect.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import type { ConnectResult } from '#server/use-cases/accounts/connect-account.ts';
import type { AccountId } from '#shared/ids.ts';
import { connectAs } from '#tests/support/processes/instance.ts';

/** Connects the accounts of sandbox people to the network, in this order; returns their rows. */
export async function connectAccounts(deps: Deps, ...people: readonly string[]): Promise<Account[]> {
  for (const person of people) await connectAs(deps, person);
  return Promise.all(people.map((person) => accountOf(deps, person)));
}

/** The row of a sandbox person's account. Throws when it is not connected. */
export async function accountOf(deps: Pick<Deps, 'db'>, person: string): Promise<Account> {
  const account = await findAccountBySpotifyUser(deps.db, person);
  if (!account) throw new Error(`The account of ${person} is not connected.`);
  return account;
}

/** The operator re-authorizes an account; `person` consents on Spotify. */
export async function reauthorizeAs(deps: Deps, id: AccountId, person: string): Promise<ConnectResult> {
  const begun = await beginConnect(deps, SYSTEM, { accountId: id });
  return finishConnect(deps, SYSTEM, { ...(await consentAs(begun.authorizeUrl, person)), browserSecret: begun.browserSecret });
}

/** `person` opens a reconnect link without being signed in and consents on Spotify. */
export async function openReconnectLink(deps: Deps, token: string, person: string): Promise<ConnectResult> {
  const begun = await beginReconnect(deps, { token, browserSecret: undefined });
  const callback = { ...(await consentAs(begun.authorizeUrl, person)), browserSecret: begun.browserSecret };
  return finishConnect(deps, { kind: 'anonymous' }, callback);
}

/** The token in a reconnect link. */
export const tokenOf = (url: string): string => new URL(url).hash.slice(1);
