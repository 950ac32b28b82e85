import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import type { DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';
import type { AppError } from '#shared/errors.ts';

const NOTHING = { adds: 0, removes: 0, moves: 0, keeps: 0, creates: false, renames: false, handEdited: false } as const;

/** The line of a replica that does not change or could not be planned: it has no plan to apply. */
export function unchangedLine(target: SyncTarget, error?: AppError): DryRunLine {
  return {
    ...lineIdentity(target),
    ...NOTHING,
    problem: error?.message ?? null,
    lost: error?.code === 'not_found',
    cost: { reads: 0, writes: 0 },
    plan: null,
  };
}

/** The line of a replica with a plan. */
export function planLine(target: SyncTarget, { id, hash, body }: Pick<SyncPlanRow, 'id' | 'hash' | 'body'>): DryRunLine {
  const count = (kind: DiffLine['kind']) => body.diff.filter((line) => line.kind === kind).length;
  return {
    ...lineIdentity(target),
    adds: count('add'),
    removes: count('remove'),
    moves: count('move'),
    keeps: count('keep'),
    creates: body.steps.some((step) => step.kind === 'create'),
    renames: body.seenFace !== null && body.seenFace.name !== body.wantedFace.name,
    handEdited: body.handEdited,
    problem: null,
    lost: target.replica.status === 'lost',
    ...(body.shows ? { showsAgain: true as const } : {}),
    cost: body.cost,
    plan: { id, hash },
  };
}

/** The fields of any line that identify the replica. */
export function lineIdentity({ replica, playlist, account }: SyncTarget) {
  return { replicaId: replica.id, playlistIndex: playlist.globalIndex, themeTag: playlist.themeTag, account: account.displayName };
}
