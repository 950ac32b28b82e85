import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { z } from 'zod';

const feature = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

/** Response of `GET /v1/audio-features`. Only `href` names the Spotify track of a reading. */
export const reccobeatsWire = z.object({
  content: z.array(
    z.object({
      href: z.string(),
      isrc: z
        .string()
        .nullish()
        .transform((value) => normalizeIsrc(value)),
      acousticness: feature,
      danceability: feature,
      energy: feature,
      instrumentalness: feature,
      key: feature,
      liveness: feature,
      loudness: feature,
      mode: feature,
      speechiness: feature,
      tempo: feature,
      valence: feature,
    }),
  ),
});
