import type { TokenGrant, VendorIdentity } from '#server/providers/ports.ts';
import { deleteOauthAttempt, findOauthAttempt } from '#server/repos/oauth-attempts.ts';
import type { SignInProblem } from '#shared/contracts/sign-in-problems.ts';
import { AppError } from '#shared/errors.ts';
import { redirectUriFor, verifierOwner } from './begin-oauth.ts';
import type { OauthDeps, OauthPurpose } from './begin-oauth.ts';
import { digest, isSameDigest } from './secrets.ts';

/** What came back through the browser; all of it may be missing or invented. */
export interface OauthAnswer {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly error?: string | undefined;
  readonly browserSecret?: string | undefined;
}

export interface Refused {
  readonly kind: 'refused';
  readonly problem: SignInProblem;
}
export type OauthOutcome =
  | Refused
  | { readonly kind: 'granted'; readonly grant: TokenGrant; readonly identity: VendorIdentity; readonly returnTo: string };

const VENDOR_TIMEOUT_MS = 10_000;

/**
 * Takes the answer of an OAuth round trip: the state must be ours, of this browser, of this purpose, in time and unused; then the code is
 * exchanged once. Expected refusals are values; what is our own failure is thrown.
 */
export async function finishOauth(deps: OauthDeps, purpose: OauthPurpose, answer: OauthAnswer): Promise<OauthOutcome> {
  const claim = await claimAttempt(deps, purpose, answer);
  if (claim.kind === 'refused') return claim;
  if (answer.error !== undefined) return refuse('access_denied');
  if (answer.code === undefined) return refuse('state_missing');
  try {
    const signal = AbortSignal.timeout(VENDOR_TIMEOUT_MS);
    const exchange = { code: answer.code, verifier: claim.verifier, redirectUri: redirectUriFor(deps, purpose) };
    const grant = await deps.spotifyAccounts.exchangeCode(exchange, signal);
    const identity = await deps.spotifyAccounts.identify(grant.accessToken, signal);
    return { kind: 'granted', grant, identity, returnTo: claim.returnTo };
  } catch (error) {
    const problem = error instanceof AppError ? VENDOR_PROBLEMS[error.code] : undefined;
    if (problem === undefined) throw error;
    return refuse(problem);
  }
}

/** What Spotify's refusals mean to a person; codes that are missing here are our own failures. */
const VENDOR_PROBLEMS: Partial<Record<AppError['code'], SignInProblem>> = {
  invalid_input: 'code_refused',
  reauth_required: 'code_refused',
  forbidden: 'not_registered',
  rate_limited: 'spotify_unavailable',
  quota_exceeded: 'spotify_unavailable',
  provider_unavailable: 'spotify_unavailable',
};

type Claim = Refused | { readonly kind: 'claimed'; readonly verifier: string; readonly returnTo: string };

async function claimAttempt(deps: OauthDeps, purpose: OauthPurpose, answer: OauthAnswer): Promise<Claim> {
  if (!answer.state) return refuse('state_missing');
  const stateHash = digest(answer.state);
  const attempt = await findOauthAttempt(deps.db, stateHash);
  if (!attempt) return refuse('state_unknown');
  // A foreign browser does not use the attempt up: the one that began it may still finish.
  if (!isSameDigest(digest(answer.browserSecret ?? ''), attempt.browserHash)) return refuse('state_foreign');
  if (!(await deleteOauthAttempt(deps.db, stateHash))) return refuse('state_unknown');
  if (attempt.expiresAt <= deps.now()) return refuse('state_expired');
  if (attempt.purpose !== purpose) return refuse('wrong_purpose');
  return { kind: 'claimed', verifier: deps.sealer.open(attempt.sealedVerifier, verifierOwner(stateHash)), returnTo: attempt.returnTo };
}

/** A refusal as a value. */
export function refuse(problem: SignInProblem): Refused {
  return { kind: 'refused', problem };
}
