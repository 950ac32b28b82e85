import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { z } from 'zod';

/** Far beyond every measured value. */
const FEATURE_MAX = 100_000;

/** An unreadable value counts as missing, so that one odd row does not cost the others their features. */
const readable = <S extends z.ZodType>(schema: S) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
const feature = readable(z.number().min(-FEATURE_MAX).max(FEATURE_MAX));
const code = readable(z.int().min(-1).max(127));

/** Response of `GET /v1/audio-features`. Only `href` names the Spotify track of a reading. */
export const reccobeatsWire = z.object({
  content: z.array(
    readable(
      z.object({
        href: z.string(),
        isrc: readable(z.string().max(64)).transform((value) => normalizeIsrc(value)),
        acousticness: feature,
        danceability: feature,
        energy: feature,
        instrumentalness: feature,
        key: code,
        liveness: feature,
        loudness: feature,
        mode: code,
        speechiness: feature,
        tempo: feature,
        valence: feature,
      }),
    ),
  ),
});
