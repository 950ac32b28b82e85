import { z } from 'zod';

export const playlistInput = z.strictObject({ index: z.int().positive().max(1_000_000), day: z.iso.date().optional() });
export type PlaylistInput = z.infer<typeof playlistInput>;

export const playlistTrendsInput = z.strictObject({ index: z.int().positive().max(1_000_000) });
export type PlaylistTrendsInput = z.infer<typeof playlistTrendsInput>;

export const certificateInput = z.strictObject({ index: z.int().positive().max(1_000_000), day: z.iso.date() });
export type CertificateInput = z.infer<typeof certificateInput>;

/** Two days of one playlist to compare. */
export const diffDaysInput = z.strictObject({ index: z.int().positive().max(1_000_000), from: z.iso.date(), to: z.iso.date() });
export type DiffDaysInput = z.infer<typeof diffDaysInput>;

/** The earlier day whose list is to be shown today; days are UTC. */
export const rollbackInput = z.strictObject({
  index: z.int().positive().max(1_000_000),
  showsDay: z.iso.date(),
  reason: z.string().trim().max(500).optional(),
});
export type RollbackInput = z.infer<typeof rollbackInput>;

/** A rollback requires the hash of its preview. */
export const confirmRollbackInput = rollbackInput.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not the hash of a preview') });
export type ConfirmRollbackInput = z.infer<typeof confirmRollbackInput>;

export const whyNotInput = z.strictObject({
  index: z.int().positive().max(1_000_000),
  day: z.iso.date(),
  recordingId: z.int().positive().max(2_147_483_647),
});
export type WhyNotInput = z.infer<typeof whyNotInput>;

export const findRecordingsInput = z.strictObject({ query: z.string().trim().min(1).max(200) });
export type FindRecordingsInput = z.infer<typeof findRecordingsInput>;
