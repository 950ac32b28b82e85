import type { Actor } from '#server/actor.ts';
import { actorName, isAdmin, requireAdmin } from '#server/actor.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { listIdentities } from '#server/repos/auth/users.ts';
import { markReconnectLinkUsed } from '#server/repos/accounts/reconnect-links.ts';
import { ATTEMPT_MS, beginOauth } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthPurpose, OauthRedirect, OauthDeps, OauthRequest } from '#server/use-cases/auth/begin-oauth.ts';
import { finishOauth, refuse } from '#server/use-cases/auth/finish-oauth.ts';
import type { OauthCallback, OauthOutcome, Refusal } from '#server/use-cases/auth/finish-oauth.ts';
import type { SignInProblem } from '#shared/contracts/auth/sign-in-problems.ts';
import type { AccountId, UserId } from '#shared/ids.ts';
import { ACCOUNT_SCOPES, grantedScopes, missingScopes } from './account-scopes.ts';
import { requireAccount } from './refresh-access.ts';
import { storeAuthorization } from './store-authorization.ts';
import { sealWrongAccount } from './wrong-account.ts';

type Granted = Extract<OauthOutcome, { kind: 'granted' }>;

export interface ConnectRefusal extends Refusal {
  /** For `wrong_account`: who authorized and who was expected, sealed so that the URL shows no name. */
  readonly note?: string;
}

export type ConnectResult = ConnectRefusal | { readonly kind: 'connected'; readonly accountId: AccountId; readonly returnTo: string };

/** Starts the Spotify authorization of a new account, or of a given account again. Throws like `requireAdmin`, or `not_found`. */
export async function beginConnect(
  deps: OauthDeps,
  actor: Actor,
  request: OauthRequest & { accountId?: AccountId | undefined },
): Promise<OauthRedirect> {
  requireAdmin(actor);
  if (request.accountId) await requireAccount(deps.db, request.accountId);
  return beginOauth(deps, 'connect_account', { ...request, scopes: ACCOUNT_SCOPES });
}

/**
 * Stores the account with its sealed tokens, or renews it; its six months start now. All or nothing: missing scopes, another Spotify user than the
 * account to be renewed, or a used link change nothing. A reconnect link needs no sign-in here, and a person's own account only theirs; otherwise
 * throws like `requireAdmin`.
 */
export async function finishConnect(deps: OauthDeps, actor: Actor, answer: OauthCallback): Promise<ConnectResult> {
  const outcome = await finishOauth(deps, purposesOf(actor), answer);
  const isByLink = outcome.begun?.purpose === 'reconnect_account';
  const isOwn = outcome.begun?.purpose === 'authorize_own';
  if (!isByLink && !isOwn) requireAdmin(actor);
  if (outcome.kind === 'refused') return outcome;
  const lacksScopes = missingScopes(grantedScopes(outcome.grant.scopes)).length > 0 || outcome.grant.refreshToken === undefined;
  if (lacksScopes) return refuse('scopes_missing', outcome.begun);
  const ownerUserId = isOwn && actor.kind === 'user' ? actor.userId : undefined;
  const mismatch = ownerUserId ? await checkOwnAccount(deps, ownerUserId, outcome) : await checkExpectedAccount(deps, outcome);
  if (mismatch) return mismatch;
  const by = isByLink ? 'reconnect_link' : actorName(actor);
  const stored = await storeConnection(deps, { by, ownerUserId }, outcome);
  if (stored.kind === 'refused') return refuse(stored.problem, outcome.begun);
  return { kind: 'connected', accountId: stored.accountId, returnTo: outcome.returnTo };
}

function purposesOf(actor: Actor): readonly OauthPurpose[] {
  return [
    'reconnect_account',
    ...(isAdmin(actor) ? (['connect_account'] as const) : []),
    ...(actor.kind === 'user' ? (['authorize_own'] as const) : []),
  ];
}

async function checkExpectedAccount(deps: OauthDeps, { begun, identity }: Granted): Promise<ConnectRefusal | undefined> {
  if (begun.accountId === null) return undefined;
  const expected = await requireAccount(deps.db, begun.accountId).catch(() => undefined);
  if (!expected) return refuse('already_gone', begun);
  if (expected.spotifyUserId === identity.userId) return undefined;
  const note = sealWrongAccount(deps, { actual: identity.displayName, expected: expected.displayName });
  return { ...refuse('wrong_account', begun), note };
}

/** Somebody who signs in with Spotify authorizes that account, and no other. */
async function checkOwnAccount(deps: OauthDeps, userId: UserId, { begun, identity }: Granted): Promise<ConnectRefusal | undefined> {
  const own = (await listIdentities(deps.db, userId)).filter(({ provider }) => provider === 'spotify');
  return own.length === 0 || own.some(({ subject }) => subject === identity.subject) ? undefined : refuse('wrong_account', begun);
}

type Stored = { readonly kind: 'stored'; readonly accountId: AccountId } | { readonly kind: 'refused'; readonly problem: SignInProblem };

async function storeConnection(
  deps: OauthDeps,
  { by, ownerUserId }: { readonly by: string; readonly ownerUserId: UserId | undefined },
  granted: Granted,
): Promise<Stored> {
  const { begun } = granted;
  const now = deps.now();
  return deps.db.transaction(async (tx): Promise<Stored> => {
    if (begun.purpose === 'reconnect_account') {
      // The link was open when this authorization began, up to ten minutes ago.
      const openSince = new Date(now.getTime() - ATTEMPT_MS);
      const isFirst = begun.accountId !== null && (await markReconnectLinkUsed(tx, begun.accountId, { now, openSince }));
      if (!isFirst) return { kind: 'refused', problem: 'link_used' };
    }
    const accountId = await storeAuthorization(deps, tx, { ...granted, ownerUserId });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: now,
      actor: by,
      action: ownerUserId ? 'own_account_authorized' : 'account_connected',
      subject: `account:${accountId}`,
    });
    return { kind: 'stored', accountId };
  });
}
