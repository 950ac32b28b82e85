import type { Deps } from '#server/deps.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import { isRateLimit, CreateUnresolved, UNEXPECTED_ERROR_TEXT } from './sync-errors.ts';

interface Failure {
  readonly playlistIndex: number;
  readonly error: unknown;
}

/** Counts of a sync run. */
export interface SyncTally {
  readonly total: number;
  applied: number;
  unchanged: number;
  /** Edited on Spotify, in too many playlists to merge automatically: they need approval. */
  waiting: number;
  readonly skipped: { readonly playlistIndex: number; readonly why: string }[];
  readonly failures: Failure[];
}

export interface SyncOutcome {
  readonly applied: number;
  readonly unchanged: number;
  /** Playlists on accounts that need re-authorization or are disabled. */
  readonly skipped: number;
  /** Playlists whose plans wait for approval. */
  readonly waiting: number;
  readonly failed: readonly { readonly playlistIndex: number; readonly message: string }[];
  /** One sentence for the operator. */
  readonly outcome: string;
}

/** Errors that may be temporary, so that the whole run is worth another attempt. */
const TEMPORARY = new Set(['provider_unavailable', 'conflict']);

export function startTally(total: number): SyncTally {
  return { total, applied: 0, unchanged: 0, waiting: 0, skipped: [], failures: [] };
}

/** The tally as progress. */
export function progressOf({ total, applied, unchanged, waiting, skipped, failures }: SyncTally): { done: number; total: number; failures: number } {
  return { done: applied + unchanged + waiting + skipped.length + failures.length, total, failures: failures.length };
}

/**
 * The outcome of a run. Throws when another attempt makes sense: `rate_limited` with the shortest wait while a create is unresolved,
 * `provider_unavailable` for temporary errors. Permanent failures are part of the outcome.
 */
export function finishTally(tally: SyncTally, withoutAccount: readonly number[]): SyncOutcome {
  const errors = tally.failures.map((failure) => failure.error);
  const settling = errors.filter((error) => error instanceof CreateUnresolved);
  const summary = sentence(tally, withoutAccount);
  if (settling.length > 0) {
    const retryAfterMs = Math.min(...settling.map((error) => error.retryAfterMs ?? 0));
    throw new AppError('rate_limited', { message: summary, remedy: 'Segue continues automatically.', retryAfterMs, cause: settling[0] });
  }
  const temporary = errors.find((error) => !(error instanceof AppError) || TEMPORARY.has(error.code));
  if (temporary !== undefined) throw new AppError('provider_unavailable', { message: summary, remedy: RETRIED_AUTOMATICALLY, cause: temporary });
  const failed = tally.failures.map(({ playlistIndex, error }) => ({ playlistIndex, message: messageOf(error) }));
  return { applied: tally.applied, unchanged: tally.unchanged, skipped: tally.skipped.length, waiting: tally.waiting, failed, outcome: summary };
}

/** The outcome of a day that waits for approval. */
export function waitingOutcome(body: DryRunBody, exceeds: readonly string[]): SyncOutcome {
  const outcome = `Nothing was written: the day needs approval. ${exceeds.join(' ')}`;
  return { applied: 0, unchanged: body.unchanged, skipped: 0, waiting: body.changed, failed: [], outcome };
}

/** Records the failure of one playlist; rethrows an error that ends the whole run. */
export function recordFailure(
  deps: Pick<Deps, 'log'>,
  { tally, target, signal }: { tally: SyncTally; target: SyncTarget; signal: AbortSignal },
  error: unknown,
): void {
  if (signal.aborted || isRateLimit(error)) throw error;
  const playlistIndex = target.playlist.globalIndex;
  deps.log.warn('a playlist could not be synced', { playlistIndex, error });
  tally.failures.push({ playlistIndex, error });
}

function sentence({ applied, unchanged, waiting, skipped, failures }: SyncTally, withoutAccount: readonly number[]): string {
  const first = failures[0];
  const firstSkip = skipped[0];
  const parts = [
    `${applied} written`,
    `${unchanged} unchanged`,
    waiting > 0 ? `${waiting} edited on Spotify and waiting for approval` : '',
    firstSkip ? `${skipped.length} skipped (#${firstSkip.playlistIndex}: ${firstSkip.why})` : '',
    first ? `${failures.length} failed (#${first.playlistIndex}: ${messageOf(first.error)})` : '',
    withoutAccount.length > 0 ? `${withoutAccount.length} not hosted on any account (first #${withoutAccount[0]})` : '',
  ];
  return `Playlists: ${parts.filter((part) => part !== '').join(', ')}.`;
}

function messageOf(error: unknown): string {
  return error instanceof AppError ? error.message : UNEXPECTED_ERROR_TEXT;
}
