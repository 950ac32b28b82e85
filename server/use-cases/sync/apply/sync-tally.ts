import type { Deps } from '#server/deps.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import { TRIED_AGAIN } from '#server/use-cases/operations/jobs/track-run.ts';
import { AppError } from '#shared/errors.ts';
import { isRateLimit, StillSettling, UNEXPECTED } from './sync-errors.ts';

interface Failure {
  readonly playlistIndex: number;
  readonly error: unknown;
}

/** What a run has come to so far. */
export interface SyncTally {
  readonly total: number;
  applied: number;
  unchanged: number;
  /** Changed by hand in so many that a person has to approve it. */
  waiting: number;
  readonly skipped: { readonly playlistIndex: number; readonly why: string }[];
  readonly failures: Failure[];
}

export interface SyncOutcome {
  readonly applied: number;
  readonly unchanged: number;
  /** Playlists on accounts that must be connected again or are switched off. */
  readonly skipped: number;
  /** Playlists whose plans wait for a person. */
  readonly waiting: number;
  readonly failed: readonly { readonly playlistIndex: number; readonly message: string }[];
  /** One sentence for the operator. */
  readonly outcome: string;
}

/** What may pass by itself, so that the whole run is worth another try. */
const PASSING = new Set(['provider_unavailable', 'conflict']);

export function startTally(total: number): SyncTally {
  return { total, applied: 0, unchanged: 0, waiting: 0, skipped: [], failures: [] };
}

/** The tally as people follow it. */
export function progressOf({ total, applied, unchanged, waiting, skipped, failures }: SyncTally): { done: number; total: number; failures: number } {
  return { done: applied + unchanged + waiting + skipped.length + failures.length, total, failures: failures.length };
}

/**
 * The end of a run. Throws when another try makes sense: `rate_limited` with the shortest wait while a create settles, `provider_unavailable`
 * for what may pass. Failures that will not pass are part of the outcome.
 */
export function concludeTally(tally: SyncTally, withoutRoom: readonly number[]): SyncOutcome {
  const errors = tally.failures.map((failure) => failure.error);
  const settling = errors.filter((error) => error instanceof StillSettling);
  const says = sentence(tally, withoutRoom);
  if (settling.length > 0) {
    const retryAfterMs = Math.min(...settling.map((error) => error.retryAfterMs ?? 0));
    throw new AppError('rate_limited', { message: says, remedy: 'It goes on by itself.', retryAfterMs, cause: settling[0] });
  }
  const passing = errors.find((error) => !(error instanceof AppError) || PASSING.has(error.code));
  if (passing !== undefined) throw new AppError('provider_unavailable', { message: says, remedy: TRIED_AGAIN, cause: passing });
  const failed = tally.failures.map(({ playlistIndex, error }) => ({ playlistIndex, message: messageOf(error) }));
  return { applied: tally.applied, unchanged: tally.unchanged, skipped: tally.skipped.length, waiting: tally.waiting, failed, outcome: says };
}

/** The outcome of a day that waits for a person. */
export function waitingOutcome(body: DryRunBody, exceeds: readonly string[]): SyncOutcome {
  const outcome = `Nothing was written: the day waits for approval. ${exceeds.join(' ')}`;
  return { applied: 0, unchanged: body.unchanged, skipped: 0, waiting: body.changed, failed: [], outcome };
}

/** Counts a failure of one playlist; throws it on when it ends the whole run. */
export function noteFailure(
  deps: Pick<Deps, 'log'>,
  { tally, target, signal }: { tally: SyncTally; target: SyncTarget; signal: AbortSignal },
  error: unknown,
): void {
  if (signal.aborted || isRateLimit(error)) throw error;
  const playlistIndex = target.playlist.globalIndex;
  deps.log.warn('a playlist could not be synced', { playlistIndex, error });
  tally.failures.push({ playlistIndex, error });
}

function sentence({ applied, unchanged, waiting, skipped, failures }: SyncTally, withoutRoom: readonly number[]): string {
  const first = failures[0];
  const firstSkip = skipped[0];
  const parts = [
    `${applied} written`,
    `${unchanged} unchanged`,
    waiting > 0 ? `${waiting} changed by hand and waiting for approval` : '',
    firstSkip ? `${skipped.length} passed over (#${firstSkip.playlistIndex}: ${firstSkip.why})` : '',
    first ? `${failures.length} failed (#${first.playlistIndex}: ${messageOf(first.error)})` : '',
    withoutRoom.length > 0 ? `${withoutRoom.length} without a place on any account (first #${withoutRoom[0]})` : '',
  ];
  return `Playlists: ${parts.filter((part) => part !== '').join(', ')}.`;
}

function messageOf(error: unknown): string {
  return error instanceof AppError ? error.message : UNEXPECTED;
}
