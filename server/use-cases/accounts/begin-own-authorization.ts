import type { Actor } from '#server/actor.ts';
import { beginOauth } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthDeps, OauthRedirect, OauthRequest } from '#server/use-cases/auth/begin-oauth.ts';
import { AppError } from '#shared/errors.ts';
import { ACCOUNT_SCOPES } from './account-scopes.ts';

/** Starts the authorization of a person's own Spotify account for their own playlists. Throws `unauthenticated` without a signed-in person. */
export async function beginOwnAuthorization(deps: OauthDeps, actor: Actor, request: OauthRequest): Promise<OauthRedirect> {
  if (actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in with Spotify first.' });
  return beginOauth(deps, 'authorize_own', { ...request, scopes: ACCOUNT_SCOPES });
}
