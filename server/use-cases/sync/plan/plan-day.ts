import type { Deps } from '#server/deps.ts';
import { listSyncTargets } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import { AppError } from '#shared/errors.ts';
import { assignReplicas } from './assign-replicas.ts';
import { draftPlan } from './draft-plan.ts';
import { lineOfPlan, plainLine } from '../dry-run/dry-run-lines.ts';
import { holdWriter } from '../apply/hold-writer.ts';
import { findOvertaken } from './overtaken.ts';
import { isRateLimit, UNEXPECTED } from '../apply/sync-errors.ts';
import type { DayRequest } from './day-request.ts';
import { planPlain } from './plan-plain.ts';
import type { PlainOutcome } from './store-plain.ts';
import { groupByAccount, walkAccounts } from './walk-accounts.ts';
import { whyClosed } from './why-closed.ts';

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
  /** Numbers of the playlists for which no account has room. */
  readonly withoutRoom: readonly number[];
  /** Set when Spotify told the whole app to wait before everything was looked at. */
  readonly limited: AppError | undefined;
}

/** Replicas of one account whose locks, facts and plans go to the database together. */
const BATCH = 50;

/**
 * Looks at every playlist with a published list for the day and stores what would change, several accounts beside each other. Writes
 * nothing to Spotify. A playlist that cannot be planned is a problem and the rest go on; a rate limit ends the looking.
 */
export async function planDay(deps: Deps, request: DayRequest): Promise<PlannedDay> {
  const { withoutRoom } = await assignReplicas(deps);
  const asked = await listSyncTargets(deps.db, request);
  const whyOvertaken = await findOvertaken(deps, { day: request.day, targets: asked });
  const targets = asked.filter((target) => whyOvertaken(target) === undefined);
  const lines = new Map<SyncTarget, DryRunLine>();
  const problems = [...withoutRoom.map(noRoom), ...asked.flatMap((target) => overtakenProblem(target, whyOvertaken(target)))];
  let [unchanged, planned] = [0, 0];
  let limited: AppError | undefined;
  const note = (target: SyncTarget, outcome: Outcome): void => {
    if (outcome === 'unchanged') {
      unchanged += 1;
      lines.set(target, plainLine(target));
    } else if (outcome instanceof AppError) {
      problems.push(problemOf(target, outcome));
      lines.set(target, plainLine(target, outcome));
      if (isRateLimit(outcome)) throw (limited = outcome);
    } else {
      planned += 1;
      lines.set(target, lineOfPlan(target, outcome));
    }
  };
  const visit = async ({ targets: batch }: Batch): Promise<void> => {
    const plain = await planTogether(deps, batch, request);
    for (const target of batch) note(target, plain.get(target) ?? (await planOne(deps, target, request)));
  };
  await walkAccounts(batchesOf(targets), visit, request.signal).catch((error: unknown) => {
    if (error !== limited) throw error;
  });
  return { targets, lines, problems, unchanged, planned, withoutRoom, limited };
}

type Outcome = PlainOutcome | AppError;

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

/** The plain ones; when something is the matter with the account, each replica is asked about by itself and says so. */
async function planTogether(deps: Deps, batch: readonly SyncTarget[], request: DayRequest): Promise<ReadonlyMap<SyncTarget, PlainOutcome>> {
  if (batch.length === 1 || batch.some(({ account }) => whyClosed(account) !== undefined)) return new Map();
  try {
    return await planPlain(deps, batch, request);
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof AppError)) deps.log.warn('playlists could not be planned together, and are planned one by one', { error });
    return new Map();
  }
}

/** One that cannot be planned, for whatever reason, is told about and keeps no other from being planned. */
async function planOne(deps: Deps, target: SyncTarget, request: DayRequest): Promise<Outcome> {
  const closed = whyClosed(target.account);
  if (closed !== undefined) return new AppError('reauth_required', { message: `${closed}.`, remedy: 'Look at Accounts.' });
  try {
    const hold = { replicaId: target.replica.id, purpose: 'look', signal: request.signal } as const;
    const draft = await holdWriter(deps, hold, (writer) => draftPlan(writer, request));
    return draft.kind === 'planned' ? draft.plan : 'unchanged';
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof AppError) return error;
    deps.log.error('a playlist could not be planned', { playlistIndex: target.playlist.globalIndex, error });
    return new AppError('provider_rejected', { message: UNEXPECTED, remedy: 'Plan it again; if that fails too, look into the log.', cause: error });
  }
}

function overtakenProblem({ playlist }: SyncTarget, why: string | undefined): PlanningProblem[] {
  const remedy = 'Plan today, or show the earlier day again from the playlist’s history.';
  return why === undefined ? [] : [{ playlistIndex: playlist.globalIndex, message: why, remedy }];
}

function problemOf(target: SyncTarget, error: AppError): PlanningProblem {
  return { playlistIndex: target.playlist.globalIndex, message: error.message, remedy: error.remedy ?? null };
}

function noRoom(playlistIndex: number): PlanningProblem {
  return {
    playlistIndex,
    message: `No active account has room for playlist #${playlistIndex}.`,
    remedy: 'Connect another account, or raise a limit.',
  };
}
