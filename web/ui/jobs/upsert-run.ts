import type { JobRunView } from '#shared/contracts/job-views.ts';

/** The list with an updated run: in its place when listed already, first when new. Never longer than `maxLength`. */
export function upsertRun(runs: readonly JobRunView[], run: JobRunView, maxLength: number): JobRunView[] {
  const isKnown = runs.some((one) => one.id === run.id);
  return isKnown ? runs.map((one) => (one.id === run.id ? run : one)) : [run, ...runs].slice(0, maxLength);
}
