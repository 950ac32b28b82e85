import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { FoundMusic } from '#server/providers/search-ports.ts';
import { listTrackHits } from '#server/repos/discovery/search-hits.ts';
import type { CatalogAnswer, SearchAnswer, SearchInput, SpotifyPart } from '#shared/contracts/discovery/search.ts';
import { readSearchQuery } from '#shared/domain/discovery/search/read-query.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { findKnownTracks } from './find-known-tracks.ts';
import { addFound } from './add-found.ts';
import { searchCatalog } from './search-catalog.ts';

type SearchDeps = Pick<Deps, 'db' | 'musicSearch'>;

/** Fewer tracks than these are few. */
const FEW = 5;
/** A person waits for this; the results of the catalog do not wait longer. */
const WAIT_MS = 4_000;
/** Failures of Spotify, or of the connection with it. Anything else is a fault of Segue. */
const OUTAGES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate_limited',
  'quota_exceeded',
  'provider_unavailable',
  'provider_rejected',
  'unauthenticated',
  'forbidden',
  'reauth_required',
]);

/**
 * Searches the catalog and, when it is asked for or the catalog has few, Spotify, with one request. Hits of the catalog come first; a track of Spotify's
 * whose recording is among them is left out. When Spotify is away the answer is of the catalog alone and says so.
 */
export async function searchMusic(deps: SearchDeps, actor: Actor, input: SearchInput): Promise<SearchAnswer> {
  const local = await searchCatalog(deps, input);
  const isWanted = input.spotify === 'always' || (input.spotify === 'when_few' && local.tracks.length < FEW);
  if (!isWanted || isUnanswerable(input)) return { ...local, spotify: partOf('not_asked') };
  if (actor.kind === 'anonymous') return { ...local, spotify: partOf('sign_in', 'Sign in to search Spotify, too.') };
  try {
    const found = await askSpotify(deps, input);
    return { ...(await merge(deps, local, found)), spotify: partOf('answered') };
  } catch (error) {
    return { ...local, spotify: outage(error) };
  }
}

/** Nothing that Spotify could find: no words, or a link that was refused. */
function isUnanswerable({ query }: SearchInput): boolean {
  const read = readSearchQuery(query);
  return read === undefined || read.kind === 'refused' || (read.kind === 'link' && read.type !== 'track' && read.type !== 'any');
}

async function askSpotify({ musicSearch }: SearchDeps, { query, page }: SearchInput): Promise<FoundMusic> {
  const signal = AbortSignal.timeout(WAIT_MS);
  const read = readSearchQuery(query);
  if (read?.kind === 'link') {
    const track = await musicSearch.findTrack(spotifyTrackId.parse(read.id), signal);
    return { tracks: track ? [track] : [], artists: [], albums: [], playlists: [] };
  }
  return musicSearch.search({ query: read?.kind === 'isrc' ? `isrc:${read.isrc}` : query.trim(), page }, signal);
}

async function merge(deps: SearchDeps, local: CatalogAnswer, found: FoundMusic): Promise<CatalogAnswer> {
  const known = await findKnownTracks(deps, found.tracks);
  const shown = new Set(local.tracks.map(({ recordingId }) => recordingId));
  const more = await listTrackHits(
    deps.db,
    [...new Set(known.values())].filter((id) => !shown.has(id)),
  );
  return addFound(local, found, { known, more });
}

function outage(error: unknown): SpotifyPart {
  if (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return partOf('unavailable', 'Spotify did not answer in time. These are results of the catalog.');
  if (!(error instanceof AppError) || !OUTAGES.has(error.code)) throw error;
  return { ...partOf('unavailable', `${error.message} These are results of the catalog.`), retryAfterMs: error.retryAfterMs ?? null };
}

const partOf = (state: SpotifyPart['state'], message: string | null = null): SpotifyPart => ({ state, message, retryAfterMs: null });
