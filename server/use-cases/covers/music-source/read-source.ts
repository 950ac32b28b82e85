import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { AnalyzeMusicInput } from '#shared/contracts/covers/analysis.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import type { SpotifyKind } from '#shared/domain/catalog/spotify-link.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import type { SourceFailure } from '#shared/vocabulary.ts';
import type { MusicSource } from './music-source.ts';
import { readAlbumSource } from './read-album.ts';
import { readTrackList } from './read-list.ts';
import { readLinkedPlaylist, readNetworkPlaylist } from './read-playlist.ts';

const COPY_LINK = 'In Spotify choose Share, then Copy link, at an album or a playlist, and paste that link.';

/** Reads the music that a cover is about. Throws `invalid_input`, `not_found` or `forbidden` with what to do instead, and what Spotify answers. */
export async function readMusicSource(
  deps: Deps,
  actor: Actor,
  { source, signal }: AnalyzeMusicInput & { signal: AbortSignal },
): Promise<MusicSource> {
  const read = await readFrom(deps, actor, { source, signal });
  if (read.tracks.length > 0) return read;
  throw new AppError('invalid_input', {
    message: read.notes.length > 0 ? `There is no music to analyze. ${read.notes.join(' ')}` : 'There is no music to analyze: the playlist is empty.',
    remedy: 'Choose a playlist or album with at least one track.',
    field: 'source',
  });
}

async function readFrom(deps: Deps, actor: Actor, { source, signal }: AnalyzeMusicInput & { signal: AbortSignal }): Promise<MusicSource> {
  if (source.kind === 'playlist') return readNetworkPlaylist(deps, source.index);
  if (source.kind === 'album') return readAlbumSource(deps, source.albumId, signal);
  return source.kind === 'list' ? readTrackList(source.text) : readLink(deps, actor, { link: source.link, signal });
}

async function readLink(deps: Deps, actor: Actor, { link, signal }: { link: string; signal: AbortSignal }): Promise<MusicSource> {
  const parsed = parseSpotifyLink(link);
  if (parsed.kind === 'refused') throw wrongLink(LINK_PROBLEMS[parsed.failure] ?? 'This is not a Spotify link.');
  if (parsed.type === 'album') return readAlbumSource(deps, spotifyAlbumId.parse(parsed.id), signal);
  if (parsed.type === 'playlist') return readLinkedPlaylist(deps, actor, { id: parsed.id, signal });
  if (parsed.type === 'track') return readTrackList(parsed.id);
  throw wrongLink(`This is a link to ${KIND_TEXTS[parsed.type]}, which has no tracks of its own to analyze.`);
}

const LINK_PROBLEMS: Partial<Record<SourceFailure, string>> = {
  wrong_host: 'This link does not point to open.spotify.com.',
  wrong_kind: 'This is a Spotify link, but not to an album, a playlist or a track.',
  wrong_id_length: 'The id in this link is incomplete or has extra characters.',
};

const KIND_TEXTS: Readonly<Record<Exclude<SpotifyKind, 'album' | 'playlist' | 'track'>, string>> = {
  artist: 'an artist',
  episode: 'a podcast episode',
  show: 'a podcast',
  audiobook: 'an audiobook',
  chapter: 'a chapter of an audiobook',
  user: 'a person',
};

function wrongLink(message: string): AppError {
  return new AppError('invalid_input', { message, remedy: COPY_LINK, field: 'source.link' });
}
