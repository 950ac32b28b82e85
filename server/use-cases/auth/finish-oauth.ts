import type { TokenGrant, VendorIdentity } from '#server/providers/ports.ts';
import { deleteOauthAttempt, findOauthAttempt } from '#server/repos/auth/oauth-attempts.ts';
import type { SignInProblem } from '#shared/contracts/auth/sign-in-problems.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { redirectUriFor, verifierOwner } from './begin-oauth.ts';
import type { OauthDeps, OauthPurpose } from './begin-oauth.ts';
import { digest, isSameDigest } from './secrets.ts';

/** What the browser returned; all of it may be missing or forged. */
export interface OauthCallback {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly error?: string | undefined;
  readonly browserSecret?: string | undefined;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly problem: SignInProblem;
  /** What the authorization was begun for and where its browser wanted to return, as far as recognized. */
  readonly begun?: OauthContext;
}

export interface OauthContext {
  readonly purpose: OauthPurpose;
  readonly accountId: AccountId | null;
  readonly returnTo: string;
}

export type OauthOutcome =
  | Refusal
  | {
      readonly kind: 'granted';
      readonly grant: TokenGrant;
      readonly identity: VendorIdentity;
      readonly returnTo: string;
      readonly begun: OauthContext;
    };

/** A person is waiting, and while albums are read two slots of the app's request budget can take a while. */
const VENDOR_TIMEOUT_MS = 30_000;

/**
 * Finishes an OAuth authorization: the state must be ours, of this browser, for one of these purposes, not expired and unused; then the code is
 * exchanged once. Expected refusals are returned; our own failures are thrown.
 */
export async function finishOauth(deps: OauthDeps, purposes: readonly OauthPurpose[], answer: OauthCallback): Promise<OauthOutcome> {
  const claim = await claimAttempt(deps, purposes, answer);
  if (claim.kind === 'refused') return claim;
  const { begun } = claim;
  if (answer.error !== undefined) return refuse('access_denied', begun);
  if (answer.code === undefined) return refuse('state_missing', begun);
  try {
    const signal = AbortSignal.timeout(VENDOR_TIMEOUT_MS);
    const exchange = { code: answer.code, verifier: claim.verifier, redirectUri: redirectUriFor(deps, begun.purpose) };
    const grant = await deps.spotifyAccounts.exchangeCode(exchange, signal);
    const identity = await deps.spotifyAccounts.identify(grant.accessToken, signal);
    return { kind: 'granted', grant, identity, returnTo: begun.returnTo, begun };
  } catch (error) {
    const problem = problemAtSpotify(error);
    if (problem === undefined) throw error;
    return refuse(problem, begun);
  }
}

function problemAtSpotify(error: unknown): SignInProblem | undefined {
  if (!(error instanceof AppError)) return undefined;
  const kind = error.context?.['kind'];
  return (typeof kind === 'string' ? PROBLEM_KINDS[kind] : undefined) ?? VENDOR_PROBLEMS[error.code];
}

/** Refusals whose kind is more specific than their code. */
const PROBLEM_KINDS: Readonly<Record<string, SignInProblem | undefined>> = {
  AppRefused: 'app_refused',
  OwnerPremium: 'owner_premium',
  Unauthorized: 'code_refused',
  UnknownForm: 'spotify_unavailable',
};

/** What Spotify's refusals mean to a person; codes missing here are our own failures. */
const VENDOR_PROBLEMS: Partial<Record<AppError['code'], SignInProblem>> = {
  invalid_input: 'code_refused',
  reauth_required: 'code_refused',
  forbidden: 'not_registered',
  rate_limited: 'spotify_unavailable',
  quota_exceeded: 'spotify_unavailable',
  provider_unavailable: 'spotify_unavailable',
};

type Claim = Refusal | { readonly kind: 'claimed'; readonly verifier: string | undefined; readonly begun: OauthContext };

async function claimAttempt(deps: OauthDeps, purposes: readonly OauthPurpose[], answer: OauthCallback): Promise<Claim> {
  if (!answer.state) return refuse('state_missing');
  const stateHash = digest(answer.state);
  const attempt = await findOauthAttempt(deps.db, stateHash);
  if (!attempt) return refuse('state_unknown');
  // Another browser does not use up the attempt: the one that began it may still finish.
  if (!isSameDigest(digest(answer.browserSecret ?? ''), attempt.browserHash)) return refuse('state_foreign');
  if (!(await deleteOauthAttempt(deps.db, stateHash))) return refuse('state_unknown');
  const begun = { purpose: attempt.purpose, accountId: attempt.accountId, returnTo: attempt.returnTo };
  if (attempt.expiresAt <= deps.now()) return refuse('state_expired', begun);
  if (!purposes.includes(attempt.purpose)) return refuse('wrong_purpose');
  const verifier = openVerifier(deps, attempt.sealedVerifier, stateHash);
  return verifier === undefined ? refuse('state_expired', begun) : { kind: 'claimed', verifier: verifier || undefined, begun };
}

/** Undefined when its key was removed from the ring or it was altered; empty without PKCE. */
function openVerifier({ sealer }: OauthDeps, sealed: string, stateHash: string): string | undefined {
  try {
    return sealer.open(sealed, verifierOwner(stateHash));
  } catch {
    return undefined;
  }
}

/** A refusal as a value. */
export function refuse(problem: SignInProblem, begun?: OauthContext): Refusal {
  return begun ? { kind: 'refused', problem, begun } : { kind: 'refused', problem };
}
