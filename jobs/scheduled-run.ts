import { z } from 'zod';

const scheduledPayload = z.object({ _cron: z.object({ ts: z.iso.datetime(), backfilled: z.boolean().default(false) }) });

/** The scheduled run a job belongs to, from what graphile-worker adds to its payload; undefined for a job that was not scheduled. */
export function scheduledRunOf(rawPayload: unknown): { readonly ts: Date; readonly isLate: boolean } | undefined {
  if (typeof rawPayload !== 'object' || rawPayload === null || !('_cron' in rawPayload)) return undefined;
  const { _cron } = scheduledPayload.parse(rawPayload);
  return { ts: new Date(_cron.ts), isLate: _cron.backfilled };
}
