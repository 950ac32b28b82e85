import { z } from 'zod';
import type { RenderId, UserId } from '#shared/ids.ts';
import { instantInput, nameInput, wholeInput } from '#shared/input-types.ts';

export const listHistoryInput = z.strictObject({
  result: z.enum(['done', 'failed', 'running']).optional(),
  model: nameInput(80).optional(),
  cursor: z.strictObject({ createdAt: instantInput, id: z.uuid() }).optional(),
  limit: wholeInput(1, 200).default(50),
});
export type ListHistoryInput = z.infer<typeof listHistoryInput>;

export const summarizeHistoryInput = z.strictObject({ days: wholeInput(1, 366).default(30) });
export type SummarizeHistoryInput = z.infer<typeof summarizeHistoryInput>;

/** One attempt to make a cover. */
export interface HistoryEntry {
  readonly id: string;
  readonly renderId: RenderId | null;
  readonly userId: UserId | null;
  readonly name: string | null;
  readonly playlistUrl: string | null;
  readonly generatedTitle: string | null;
  readonly genres: readonly string[];
  readonly mood: string | null;
  readonly model: string | null;
  readonly loraModel: string | null;
  readonly imagePath: string | null;
  /** Seconds from the request to the stored picture. */
  readonly generationTime: number | null;
  /** Null after the days that the setting gives. */
  readonly userIp: string | null;
  /** Null while it runs. */
  readonly success: boolean | null;
  readonly errorMessage: string | null;
  readonly createdAt: string;
}

/** Attempts, newest first. */
export interface HistoryPage {
  readonly items: readonly HistoryEntry[];
  readonly nextCursor: { readonly createdAt: string; readonly id: string } | null;
}

/** The last days in figures. */
export interface HistorySummary {
  readonly days: number;
  readonly attempts: number;
  /** Share of the finished attempts, 0 to 1; null when none has finished. */
  readonly successRate: number | null;
  /** Seconds; null when none succeeded. */
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
  /** The most used first, at most ten. */
  readonly models: readonly { readonly model: string; readonly attempts: number; readonly successRate: number | null }[];
  readonly moods: readonly { readonly mood: string; readonly attempts: number }[];
  /** The most frequent reasons, at most ten. */
  readonly failures: readonly { readonly reason: string; readonly attempts: number }[];
}
