import type { Deps } from '#server/deps.ts';
import type { CoverRow } from '#server/repos/covers/covers.ts';
import { findFirstCopy } from '#server/repos/covers/cover-uploads.ts';
import { listPlaylistNames } from '#server/repos/covers/music-lists.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import { spotifyPlaylistId } from '#shared/ids.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';

interface UploadTarget {
  readonly spotifyPlaylistId: SpotifyPlaylistId;
  readonly link: string;
  readonly name: string | null;
}

/** The playlist that a cover was made from, when it is one that is on Spotify. Asks nobody. */
export async function uploadTarget(deps: Pick<Deps, 'db' | 'settings'>, cover: CoverRow): Promise<UploadTarget | null> {
  if (cover.playlistId !== null) {
    const [copy, [playlist]] = await Promise.all([findFirstCopy(deps.db, cover.playlistId), listPlaylistNames(deps.db, [cover.playlistId])]);
    return copy?.spotifyPlaylistId ? target(deps, copy.spotifyPlaylistId, playlist?.themeTag ?? null) : null;
  }
  const link = parseSpotifyLink(cover.sourceUrl ?? '');
  const id = link.kind === 'ok' && link.type === 'playlist' ? spotifyPlaylistId.safeParse(link.id) : undefined;
  return id?.success ? target(deps, id.data, cover.analysis?.of.name ?? null) : null;
}

function target({ settings }: Pick<Deps, 'settings'>, id: SpotifyPlaylistId, name: string | null): UploadTarget {
  return { spotifyPlaylistId: id, link: `${settings.spotifyWebUrl}/playlist/${id}`, name };
}
