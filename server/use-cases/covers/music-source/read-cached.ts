import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';
import { z } from 'zod';
import type { MusicSource } from './music-source.ts';

/** Music changes seldom while somebody draws a cover for it. */
const FRESH_MS = 10 * 60_000;

const storedSource = z.object({
  kind: z.enum(['playlist', 'album', 'list']),
  name: z.string().nullable(),
  tracks: z.array(
    z.object({
      trackId: z.string().nullable(),
      isrc: z.string().nullable(),
      durationMs: z.number().nullable(),
      releaseYear: z.number().nullable(),
      artistIds: z.array(z.string()),
      artistNames: z.array(z.string()),
    }),
  ),
  notes: z.array(z.string()),
  readAt: z.string(),
});

type Read = Pick<MusicSource, 'kind' | 'name' | 'tracks' | 'notes'>;

/**
 * Music that Spotify was asked for, at most ten minutes ago. While Spotify cannot be asked, an older answer is used and marked as stale; without one the
 * error is thrown. `key` must name everyone who may see the answer.
 */
export async function readCachedSource(deps: Pick<Deps, 'providerCache' | 'now'>, key: string, read: () => Promise<Read>): Promise<MusicSource> {
  const found = (await deps.providerCache.find('spotify', [key])).get(key);
  const parsed = storedSource.safeParse(found?.body);
  const cached = parsed.success ? parsed.data : undefined;
  if (cached && found?.isFresh) return { ...cached, isStale: false };
  try {
    const body = { ...(await read()), readAt: deps.now().toISOString() };
    await deps.providerCache.store('spotify', [{ key, body, goodForMs: FRESH_MS }]);
    return { ...body, isStale: false };
  } catch (error) {
    if (cached && isAway(error)) return { ...cached, isStale: true };
    throw error;
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'provider_unavailable' || error.code === 'rate_limited' || error.code === 'quota_exceeded');
}
