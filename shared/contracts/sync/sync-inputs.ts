import { z } from 'zod';
import { day, replicaId, syncPlanId } from '#shared/ids.ts';

/** Most plans that one request may apply; one after the other, so the bound is a bound on waiting. */
const APPLY_MANY_MAX = 1_000;

/** A plan is applied only by whoever names its hash, that is, has seen exactly this plan. */
export const applySyncPlanInput = z.strictObject({ planId: syncPlanId, hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not the hash of a plan') });
export type ApplySyncPlanInput = z.infer<typeof applySyncPlanInput>;

export const applyManySyncPlansInput = z.strictObject({ plans: z.array(applySyncPlanInput).min(1).max(APPLY_MANY_MAX) });
export type ApplyManySyncPlansInput = z.infer<typeof applyManySyncPlansInput>;

/** Without a day it is today's, in UTC; without an index every playlist is planned. */
export const planSyncInput = z.strictObject({ day: day.optional(), playlistIndex: z.int().positive().optional() });
export type PlanSyncInput = z.infer<typeof planSyncInput>;

export const listSyncPlansInput = z.strictObject({ day: day.optional() });
export type ListSyncPlansInput = z.infer<typeof listSyncPlansInput>;

export const syncPlanDetailInput = z.strictObject({ planId: syncPlanId });
export type SyncPlanDetailInput = z.infer<typeof syncPlanDetailInput>;

/** A dry run is approved only by whoever names its hash. */
export const approveDryRunInput = z.strictObject({ dryRunId: z.uuid(), hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not the hash of a dry run') });
export type ApproveDryRunInput = z.infer<typeof approveDryRunInput>;

/** What of a hand's doing is let go of. */
export const releaseHandEditsInput = z.strictObject({ replicaId, what: z.enum(['name', 'description', 'isPublic']) });
export type ReleaseHandEditsInput = z.infer<typeof releaseHandEditsInput>;

/** Whether hand edits of a playlist are merged, or put back. */
export const setHandEditsInput = z.strictObject({ playlistIndex: z.int().positive().max(1_000_000), mode: z.enum(['merge', 'overwrite']) });
export type SetHandEditsInput = z.infer<typeof setHandEditsInput>;
