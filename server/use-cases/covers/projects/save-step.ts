import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { lockOwnCover, updateCover } from '#server/repos/covers/covers.ts';
import type { CoverChange, CoverRow } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CoverStep, CoverStepState } from '#shared/contracts/covers/projects.ts';
import { stepDone, stepDoneLate, stepFailed } from '#shared/domain/covers/projects/cover-steps.ts';
import { AppError } from '#shared/errors.ts';
import type { CoverId } from '#shared/ids.ts';
import { missingCover } from './own-cover.ts';

interface FinishedStep {
  readonly coverId: CoverId;
  readonly step: CoverStep;
  /** The revision that the step started from; when the cover has changed since, its result is kept as stale. */
  readonly startedFrom?: number | undefined;
  readonly change: (now: CoverRow) => CoverChange;
}

type SaveDeps = Pick<Deps, 'db' | 'now'>;

/** Stores the result of a step and marks the later ones stale, in one transaction. Throws `not_found` when the cover was removed in the meantime. */
export async function saveStep(deps: SaveDeps, actor: Actor, { coverId, step, startedFrom, change }: FinishedStep): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const now = (await lockOwnCover(tx, { id: coverId, userId: assetOwner(actor) })) ?? missingCover();
    const isLate = startedFrom !== undefined && now.revision !== startedFrom;
    const steps = isLate ? stepDoneLate(now.steps, step) : stepDone(now.steps, step);
    await updateCover(tx, coverId, { ...change(now), steps, at: deps.now() });
  });
}

/** Stores why a step failed, with its earlier result untouched. */
export async function saveFailure(
  deps: SaveDeps,
  actor: Actor,
  { coverId, step, error }: { readonly coverId: CoverId; readonly step: CoverStep; readonly error: AppError },
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const now = (await lockOwnCover(tx, { id: coverId, userId: assetOwner(actor) })) ?? missingCover();
    await updateCover(tx, coverId, { steps: stepFailed(now.steps, step, failureOf(error, deps.now())), at: deps.now() });
  });
}

const AWAY: ReadonlySet<string> = new Set(['provider_unavailable', 'rate_limited', 'quota_exceeded']);

/** An error as a step shows it. Nothing repeats a step automatically, so while a vendor is away the person is told to. */
export function failureOf(error: AppError, now: Date): NonNullable<CoverStepState['error']> {
  const retryAt = error.retryAfterMs === undefined ? null : new Date(now.getTime() + error.retryAfterMs).toISOString();
  const isAway = AWAY.has(error.code);
  const remedy = isAway ? (retryAt === null ? 'Try again in a few minutes.' : null) : (error.remedy ?? null);
  return { message: error.message, remedy, retryAt };
}

/** Vendors and disks come back; wrong input does not, and is thrown to the person who gave it. */
export function isPassing(error: unknown): error is AppError {
  return (
    error instanceof AppError && ['provider_unavailable', 'provider_rejected', 'rate_limited', 'quota_exceeded', 'unavailable'].includes(error.code)
  );
}
