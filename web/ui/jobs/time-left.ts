import type { JobRunView } from '#shared/contracts/job-views.ts';

/** Below this share the pace of the beginning says nothing about the rest. */
const SHARE_MIN = 0.05;

/** Milliseconds a running run still needs if it goes on as until now; null while that cannot be said. */
export function timeLeftMs(run: Pick<JobRunView, 'status' | 'startedAt' | 'done' | 'total'>, nowMs: number): number | null {
  if (run.status !== 'running' || run.startedAt === null || run.total === null || run.total === 0) return null;
  const share = run.done / run.total;
  if (share < SHARE_MIN || share >= 1) return null;
  const tookMs = nowMs - Date.parse(run.startedAt);
  return tookMs > 0 ? (tookMs / share) * (1 - share) : null;
}
