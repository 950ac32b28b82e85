import { z } from 'zod';

/** An unreadable name counts as missing. */
const votedNames = z
  .array(
    z
      .object({
        name: z.string().max(100),
        count: z
          .number()
          .nullish()
          .transform((value) => value ?? 0),
      })
      .nullable()
      .catch(null),
  )
  .nullish()
  .catch(null)
  .transform((value) => (value ?? []).filter((named) => named !== null));

/** Response of `GET /ws/2/isrc/{ISRC}?inc=tags+genres`: the recordings with this ISRC, with genres and tags. */
export const isrcWire = z.object({
  recordings: z
    .array(z.object({ genres: votedNames, tags: votedNames }).nullable().catch(null))
    .transform((recordings) => recordings.filter((recording) => recording !== null)),
});
