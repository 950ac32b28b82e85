import { z } from 'zod';

const fromTimetable = z.object({ _cron: z.object({ ts: z.iso.datetime(), backfilled: z.boolean().default(false) }) });

/** The tick of the timetable that brought a job, from what graphile-worker adds to its payload; undefined for a job that was asked for. */
export function tickOf(rawPayload: unknown): { readonly ts: Date; readonly isLate: boolean } | undefined {
  if (typeof rawPayload !== 'object' || rawPayload === null || !('_cron' in rawPayload)) return undefined;
  const { _cron } = fromTimetable.parse(rawPayload);
  return { ts: new Date(_cron.ts), isLate: _cron.backfilled };
}
