import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { AnalyzeMusicInput, AnalyzedMusic } from '#shared/contracts/covers/analysis.ts';
import { analyzeTracks } from '#shared/domain/covers/analysis/analyze-tracks.ts';
import { describeTracks } from './music-source/describe-tracks.ts';
import { readMusicSource } from './music-source/read-source.ts';

const PATIENCE_MS = 30_000;

/**
 * What the music behind a link, a playlist of the network, an album or a pasted list is about. Answers from cached data while Spotify is away, and
 * says of which date. Throws what `readMusicSource` throws.
 */
export async function analyzeMusic(
  deps: Deps,
  actor: Actor,
  input: AnalyzeMusicInput & { signal?: AbortSignal | undefined },
): Promise<AnalyzedMusic> {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = input.signal ? AbortSignal.any([input.signal, limit]) : limit;
  const source = await readMusicSource(deps, actor, { source: input.source, signal });
  const { tracks, artistNames, isComplete } = await describeTracks(deps, source.tracks, signal);
  const stale = source.isStale
    ? [`Spotify cannot be asked now. These tracks were read on ${source.readAt?.slice(0, 16).replace('T', ' ')} UTC.`]
    : [];
  const incomplete = isComplete ? [] : ['Audio features could not be read for all tracks outside the catalog.'];
  return {
    of: { kind: source.kind, name: source.name },
    analysis: analyzeTracks(tracks),
    artistNames: artistNames.slice(0, ARTIST_NAMES_MAX),
    notes: [...stale, ...source.notes, ...incomplete],
    readAt: source.readAt,
    isStale: source.isStale,
  };
}

/** Enough to keep names out of titles; the answer goes to a browser. */
const ARTIST_NAMES_MAX = 200;
