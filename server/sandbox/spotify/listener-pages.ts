import { NOT_FOUND, text } from './answers.ts';
import type { Answer } from './answers.ts';
import { escapeHtml, sandboxPage } from './page.ts';
import type { World } from './world.ts';

const HTML = 'text/html; charset=utf-8';
const TRACK_URI = 'spotify:track:';

/** The page behind a link to a playlist, track or album; it says that nothing can be played. Undefined for other paths. */
export function listenerPage(world: World, path: string): Answer | undefined {
  const found = /^\/(playlist|track|album)\/([0-9A-Za-z]{16,32})$/.exec(path);
  if (!found) return undefined;
  const [, kind, id = ''] = found;
  const page = kind === 'playlist' ? playlistPage(world, id) : kind === 'track' ? trackPage(world, id) : albumPage(world, id);
  return page === undefined ? NOT_FOUND : text(200, page, HTML);
}

function playlistPage(world: World, id: string): string | undefined {
  const playlist = world.state.playlists.get(id);
  if (!playlist) return undefined;
  const owner = world.state.people.get(playlist.ownerId)?.displayName ?? playlist.ownerId;
  const items = playlist.items.map(({ uri }) => trackLine(world, uri?.startsWith(TRACK_URI) ? uri.slice(TRACK_URI.length) : ''));
  const about = `<p>${escapeHtml(playlist.description)}</p><p><small>${escapeHtml(owner)} · ${items.length} tracks · ${playlist.public ? 'public' : 'private'}</small></p>`;
  return sandboxPage(playlist.name, `${about}<ol>${items.join('')}</ol>`);
}

function trackLine(world: World, id: string): string {
  const found = world.catalogue.track(id);
  if (!found) return '<li>Track no longer available</li>';
  return `<li><a href="/track/${id}">${escapeHtml(found.track.name)}</a> <small>${escapeHtml(found.track.artists.map(({ name }) => name).join(', '))}</small></li>`;
}

function trackPage(world: World, id: string): string | undefined {
  const found = world.catalogue.track(id);
  if (!found) return undefined;
  const artists = escapeHtml(found.track.artists.map(({ name }) => name).join(', '));
  const album = `<a href="/album/${found.album.id}">${escapeHtml(found.album.name)}</a>`;
  return sandboxPage(
    found.track.name,
    `<p>${artists}</p><p><small>${album} · ${escapeHtml(found.album.releaseDate)} · ${length(found.track.durationMs)}</small></p>`,
  );
}

function albumPage(world: World, id: string): string | undefined {
  const album = world.catalogue.album(id);
  if (!album) return undefined;
  const artists = escapeHtml(album.artists.map(({ name }) => name).join(', '));
  return sandboxPage(
    album.name,
    `<p>${artists} · ${escapeHtml(album.releaseDate)}</p><ol>${album.tracks.map((track) => trackLine(world, track.id)).join('')}</ol>`,
  );
}

function length(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
