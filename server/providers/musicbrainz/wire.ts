import { z } from 'zod';

const votedNames = z
  .array(
    z.object({
      name: z.string(),
      count: z
        .number()
        .nullish()
        .transform((value) => value ?? 0),
    }),
  )
  .nullish()
  .transform((value) => value ?? []);

/** Response of `GET /ws/2/isrc/{ISRC}?inc=tags+genres`: the recordings with this ISRC, with genres and tags. */
export const isrcWire = z.object({ recordings: z.array(z.object({ genres: votedNames, tags: votedNames })) });
