import type { JobRunView } from '#shared/contracts/job-views.ts';

/** Below this share of the work the speed so far does not predict the rest. */
const SHARE_MIN = 0.05;

/** Estimated milliseconds until a running run finishes at its speed so far. Null while there is no estimate. */
export function timeLeftMs(run: Pick<JobRunView, 'status' | 'startedAt' | 'done' | 'total'>, nowMs: number): number | null {
  if (run.status !== 'running' || run.startedAt === null || run.total === null || run.total === 0) return null;
  const share = run.done / run.total;
  if (share < SHARE_MIN || share >= 1) return null;
  const elapsedMs = nowMs - Date.parse(run.startedAt);
  return elapsedMs > 0 ? (elapsedMs / share) * (1 - share) : null;
}
