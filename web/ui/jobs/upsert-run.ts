import type { JobRunView } from '#shared/contracts/job-views.ts';

/** The list with a run as it is now: in its place when it was known, first when it is new. Never longer than `most`. */
export function upsertRun(runs: readonly JobRunView[], run: JobRunView, most: number): JobRunView[] {
  const isKnown = runs.some((one) => one.id === run.id);
  return isKnown ? runs.map((one) => (one.id === run.id ? run : one)) : [run, ...runs].slice(0, most);
}
