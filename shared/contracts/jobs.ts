import { z } from 'zod';
import { playlistIndexInput, wholeInput } from '../input-types.ts';
import { accountId, coverUploadId, day, renderId } from '../ids.ts';

/** Payload schema of every job. A name without a handler in jobs/tasks/index.ts does not compile, nor a handler without a name here. */
export const JOB_PAYLOADS = {
  'ingest-albums': z.object({ trigger: z.enum(['intake', 'timetable', 'admin']).default('timetable') }),
  'enrich-tracks': z.object({ trigger: z.enum(['ingest', 'timetable', 'admin']).default('timetable') }),
  /** `startsSync`: the finished lists are synced. Without it, they are when the schedule started the run. */
  'curate-playlists': z.object({
    day: day.optional(),
    trigger: z.enum(['timetable', 'admin']).default('timetable'),
    startsSync: z.boolean().optional(),
  }),
  'scale-playlists': z.object({ trigger: z.enum(['timetable', 'admin']).default('timetable') }),
  'refresh-tokens': z.object({ accountId: accountId.optional(), trigger: z.enum(['timetable', 'admin']).default('timetable') }),
  'watch-network': z.object({}),
  'sync-playlists': z.object({ day: day.optional(), accountId: accountId.optional(), dryRunId: z.uuid().optional() }),
  'reconcile-playlists': z.object({ trigger: z.enum(['timetable', 'admin']).default('timetable') }),
  /** Draws covers for playlists without one and for those whose music drifted; `playlistIndex` draws one again. */
  'draw-covers': z.object({ trigger: z.enum(['timetable', 'admin']).default('timetable'), playlistIndex: playlistIndexInput.optional() }),
  'check-cover-uploads': z.object({ uploadId: coverUploadId, checks: wholeInput(1, 1_000) }),
  'simulate-policies': z.object({ simulationId: z.uuid() }),
  'run-render': z.object({ renderId }),
  'check-assets': z.object({ trigger: z.enum(['timetable', 'admin']).default('timetable') }),
  'refresh-model-prices': z.object({ trigger: z.enum(['timetable', 'admin']).default('timetable') }),
  /** Makes the search entries of recordings, artists and albums that have none, or changed. */
  'index-search': z.object({ trigger: z.enum(['ingest', 'timetable', 'admin']).default('timetable') }),
  'tidy-studio': z.object({ trigger: z.enum(['timetable', 'admin']).default('timetable') }),
} as const;

export type JobName = keyof typeof JOB_PAYLOADS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOB_PAYLOADS)[N]>;
export const JOB_NAMES = Object.keys(JOB_PAYLOADS) as JobName[];
