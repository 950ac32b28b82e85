import { z } from 'zod';
import { day, replicaId, syncPlanId } from '#shared/ids.ts';
import { hashInput, playlistIndexInput } from '#shared/input-types.ts';

/** Maximum plans per request. They are applied one after another, so this also limits the waiting time. */
const APPLY_MANY_MAX = 1_000;

/** Applying a plan requires its hash, which proves that the caller has seen exactly this plan. */
export const applySyncPlanInput = z.strictObject({ planId: syncPlanId, hash: hashInput('a plan') });
export type ApplySyncPlanInput = z.infer<typeof applySyncPlanInput>;

export const applyManySyncPlansInput = z.strictObject({ plans: z.array(applySyncPlanInput).min(1).max(APPLY_MANY_MAX) });
export type ApplyManySyncPlansInput = z.infer<typeof applyManySyncPlansInput>;

/** Without a day: today in UTC. Without an index: every playlist. */
export const planSyncInput = z.strictObject({ day: day.optional(), playlistIndex: playlistIndexInput.optional() });
export type PlanSyncInput = z.infer<typeof planSyncInput>;

export const listSyncPlansInput = z.strictObject({ day: day.optional() });
export type ListSyncPlansInput = z.infer<typeof listSyncPlansInput>;

export const syncPlanDetailInput = z.strictObject({ planId: syncPlanId });
export type SyncPlanDetailInput = z.infer<typeof syncPlanDetailInput>;

/** Approving a dry run requires its hash. */
export const approveDryRunInput = z.strictObject({ dryRunId: z.uuid(), hash: hashInput('a dry run') });
export type ApproveDryRunInput = z.infer<typeof approveDryRunInput>;

/** Which edit on Spotify is no longer kept. */
export const releaseManualEditsInput = z.strictObject({ replicaId, what: z.enum(['name', 'description', 'isPublic']) });
export type ReleaseManualEditsInput = z.infer<typeof releaseManualEditsInput>;

/** Whether edits on Spotify are merged into a playlist or overwritten. */
export const setManualEditsInput = z.strictObject({ playlistIndex: playlistIndexInput, mode: z.enum(['merge', 'overwrite']) });
export type SetManualEditsInput = z.infer<typeof setManualEditsInput>;
