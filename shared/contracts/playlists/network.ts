import { z } from 'zod';
import { dayInput, hashInput, idInput, nameInput, playlistIndexInput, trimmedInput } from '#shared/input-types.ts';

export const playlistInput = z.strictObject({ index: playlistIndexInput, day: dayInput.optional() });
export type PlaylistInput = z.infer<typeof playlistInput>;

/** With `list: "made"` the page is about the list made for the day, whether or not Spotify shows it. */
export const playlistPageInput = playlistInput.extend({ list: z.literal('made').optional() });
export type PlaylistPageInput = z.infer<typeof playlistPageInput>;

export const playlistTrendsInput = z.strictObject({ index: playlistIndexInput });
export type PlaylistTrendsInput = z.infer<typeof playlistTrendsInput>;

export const certificateInput = z.strictObject({ index: playlistIndexInput, day: dayInput });
export type CertificateInput = z.infer<typeof certificateInput>;

/** Two days of one playlist to compare. */
export const diffDaysInput = z.strictObject({ index: playlistIndexInput, from: dayInput, to: dayInput });
export type DiffDaysInput = z.infer<typeof diffDaysInput>;

/** The earlier day whose list is to be shown today; days are UTC. */
export const rollbackInput = z.strictObject({
  index: playlistIndexInput,
  showsDay: dayInput,
  reason: trimmedInput(500).optional(),
});
export type RollbackInput = z.infer<typeof rollbackInput>;

/** A rollback requires the hash of its preview. */
export const confirmRollbackInput = rollbackInput.extend({ hash: hashInput('a preview') });
export type ConfirmRollbackInput = z.infer<typeof confirmRollbackInput>;

export const whyNotInput = z.strictObject({
  index: playlistIndexInput,
  day: dayInput,
  recordingId: idInput,
});
export type WhyNotInput = z.infer<typeof whyNotInput>;

export const findRecordingsInput = z.strictObject({ query: nameInput(200) });
export type FindRecordingsInput = z.infer<typeof findRecordingsInput>;
