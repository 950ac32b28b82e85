import { z } from 'zod';

const named = z
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

/** `GET /ws/2/isrc/{ISRC}?inc=tags+genres`: the recordings that carry the ISRC, with what people called them. */
export const isrcWire = z.object({ recordings: z.array(z.object({ genres: named, tags: named })) });
