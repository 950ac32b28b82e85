import type { Deps } from '#server/deps.ts';
import { listSyncTargets } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import { AppError } from '#shared/errors.ts';
import { assignReplicas } from './assign-replicas.ts';
import { draftPlan } from './draft-plan.ts';
import { planLine, unchangedLine } from '../dry-run/dry-run-lines.ts';
import { withReplicaLock } from '../apply/with-replica-lock.ts';
import { findSuperseded } from './find-superseded.ts';
import { isRateLimit, UNEXPECTED_ERROR_TEXT } from '../apply/sync-errors.ts';
import type { SyncDayRequest } from './day-request.ts';
import { planUnedited } from './plan-unedited.ts';
import type { PlanningOutcome } from './store-plans.ts';
import { groupByAccount, walkAccounts } from './walk-accounts.ts';
import { whyUnavailable } from './why-unavailable.ts';

export interface PlanningProblem {
  readonly playlistIndex: number;
  readonly message: string;
  readonly remedy: string | null;
}

export interface PlannedDay {
  readonly targets: readonly SyncTarget[];
  readonly lines: ReadonlyMap<SyncTarget, DryRunLine>;
  readonly problems: readonly PlanningProblem[];
  readonly unchanged: number;
  readonly planned: number;
  /** Numbers of the playlists for which no account has a free slot. */
  readonly withoutAccount: readonly number[];
  /** Set when Spotify rate-limited the whole app before every playlist was read. */
  readonly limited: AppError | undefined;
}

/** Replicas of one account whose locks, facts and plans share database statements. */
const BATCH = 50;

/**
 * Reads every playlist with a published list for the day from Spotify and stores the plans, several accounts in parallel. Writes nothing to Spotify.
 * A playlist that cannot be planned is reported as a problem and the rest continue; a rate limit ends the planning.
 */
export async function planDay(deps: Deps, request: SyncDayRequest): Promise<PlannedDay> {
  const { withoutAccount } = await assignReplicas(deps);
  const candidates = await listSyncTargets(deps.db, request);
  const whyOvertaken = await findSuperseded(deps, { day: request.day, targets: candidates });
  const targets = candidates.filter((target) => whyOvertaken(target) === undefined);
  const lines = new Map<SyncTarget, DryRunLine>();
  const problems = [...withoutAccount.map(noSlot), ...candidates.flatMap((target) => overtakenProblem(target, whyOvertaken(target)))];
  let [unchanged, planned] = [0, 0];
  let limited: AppError | undefined;
  const record = (target: SyncTarget, outcome: Outcome): void => {
    if (outcome === 'unchanged') {
      unchanged += 1;
      lines.set(target, unchangedLine(target));
    } else if (outcome instanceof AppError) {
      problems.push(problemOf(target, outcome));
      lines.set(target, unchangedLine(target, outcome));
      if (isRateLimit(outcome)) throw (limited = outcome);
    } else {
      planned += 1;
      lines.set(target, planLine(target, outcome));
    }
  };
  const visit = async ({ targets: batch }: Batch): Promise<void> => {
    const plain = await planTogether(deps, batch, request);
    for (const target of batch) record(target, plain.get(target) ?? (await planOne(deps, target, request)));
  };
  await walkAccounts(batchesOf(targets), visit, request.signal).catch((error: unknown) => {
    if (error !== limited) throw error;
  });
  return { targets, lines, problems, unchanged, planned, withoutAccount, limited };
}

type Outcome = PlanningOutcome | AppError;

interface Batch {
  readonly account: SyncTarget['account'];
  readonly targets: readonly SyncTarget[];
}

function batchesOf(targets: readonly SyncTarget[]): Batch[] {
  return groupByAccount(targets).flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / BATCH) }, (_, i) => group.slice(i * BATCH, (i + 1) * BATCH)).flatMap((batch) =>
      batch[0] ? [{ account: batch[0].account, targets: batch }] : [],
    ),
  );
}

/**
 * Plans the unedited replicas together. When the account has a problem, returns nothing: each replica is then planned on its own and reports the
 * problem.
 */
async function planTogether(deps: Deps, batch: readonly SyncTarget[], request: SyncDayRequest): Promise<ReadonlyMap<SyncTarget, PlanningOutcome>> {
  if (batch.length === 1 || batch.some(({ account }) => whyUnavailable(account) !== undefined)) return new Map();
  try {
    return await planUnedited(deps, batch, request);
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof AppError)) deps.log.warn('playlists could not be planned together; planning them one by one', { error });
    return new Map();
  }
}

/** Plans one replica. Any error becomes its outcome, so that it stops no other. */
async function planOne(deps: Deps, target: SyncTarget, request: SyncDayRequest): Promise<Outcome> {
  const closed = whyUnavailable(target.account);
  if (closed !== undefined) return new AppError('reauth_required', { message: `${closed}.`, remedy: 'Open Accounts.' });
  try {
    const lock = { replicaId: target.replica.id, purpose: 'look', signal: request.signal } as const;
    const draft = await withReplicaLock(deps, lock, (writer) => draftPlan(writer, request));
    return draft.kind === 'planned' ? draft.plan : 'unchanged';
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof AppError) return error;
    deps.log.error('a playlist could not be planned', { playlistIndex: target.playlist.globalIndex, error });
    return new AppError('provider_rejected', {
      message: UNEXPECTED_ERROR_TEXT,
      remedy: 'Plan it again. If that fails too, check the log.',
      cause: error,
    });
  }
}

function overtakenProblem({ playlist }: SyncTarget, why: string | undefined): PlanningProblem[] {
  const remedy = 'Plan today, or roll back to the earlier day from the playlist’s history.';
  return why === undefined ? [] : [{ playlistIndex: playlist.globalIndex, message: why, remedy }];
}

function problemOf(target: SyncTarget, error: AppError): PlanningProblem {
  return { playlistIndex: target.playlist.globalIndex, message: error.message, remedy: error.remedy ?? null };
}

function noSlot(playlistIndex: number): PlanningProblem {
  return {
    playlistIndex,
    message: `No active account has a free slot for playlist #${playlistIndex}.`,
    remedy: 'Connect another account, or raise an account’s playlist limit.',
  };
}
