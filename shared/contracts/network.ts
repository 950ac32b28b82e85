import { z } from 'zod';

export const playlistInput = z.strictObject({ index: z.int().positive().max(1_000_000), day: z.iso.date().optional() });
export type PlaylistInput = z.infer<typeof playlistInput>;

export const certificateInput = z.strictObject({ index: z.int().positive().max(1_000_000), day: z.iso.date() });
export type CertificateInput = z.infer<typeof certificateInput>;

export const whyNotInput = z.strictObject({
  index: z.int().positive().max(1_000_000),
  day: z.iso.date(),
  recordingId: z.int().positive().max(2_147_483_647),
});
export type WhyNotInput = z.infer<typeof whyNotInput>;

export const findRecordingsInput = z.strictObject({ query: z.string().trim().min(1).max(200) });
export type FindRecordingsInput = z.infer<typeof findRecordingsInput>;
