import { NOT_FOUND, text } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { escapeHtml, sandboxPage } from './page.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

const HTML = 'text/html; charset=utf-8';
const TRACK_URI = 'spotify:track:';

/** The page behind a link to a playlist, track or album; it says that nothing can be played. Undefined for other paths. */
export function listenerPage(sandbox: SandboxContext, path: string): HttpResponse | undefined {
  const found = /^\/(playlist|track|album)\/([0-9A-Za-z]{16,32})$/.exec(path);
  if (!found) return undefined;
  const [, kind, id = ''] = found;
  const page = kind === 'playlist' ? playlistPage(sandbox, id) : kind === 'track' ? trackPage(sandbox, id) : albumPage(sandbox, id);
  return page === undefined ? NOT_FOUND : text(200, page, HTML);
}

function playlistPage(sandbox: SandboxContext, id: string): string | undefined {
  const playlist = sandbox.state.playlists.get(id);
  if (!playlist) return undefined;
  const owner = sandbox.state.people.get(playlist.ownerId)?.displayName ?? playlist.ownerId;
  const items = playlist.items.map(({ uri }) => trackLine(sandbox, uri?.startsWith(TRACK_URI) ? uri.slice(TRACK_URI.length) : ''));
  const about = `<p>${escapeHtml(playlist.description)}</p><p><small>${escapeHtml(owner)} · ${items.length} tracks · ${playlist.public ? 'public' : 'private'}</small></p>`;
  return sandboxPage(playlist.name, `${about}<ol>${items.join('')}</ol>`);
}

function trackLine(sandbox: SandboxContext, id: string): string {
  const found = sandbox.catalog.track(id);
  if (!found) return '<li>Track no longer available</li>';
  return `<li><a href="/track/${id}">${escapeHtml(found.track.name)}</a> <small>${escapeHtml(found.track.artists.map(({ name }) => name).join(', '))}</small></li>`;
}

function trackPage(sandbox: SandboxContext, id: string): string | undefined {
  const found = sandbox.catalog.track(id);
  if (!found) return undefined;
  const artists = escapeHtml(found.track.artists.map(({ name }) => name).join(', '));
  const album = `<a href="/album/${found.album.id}">${escapeHtml(found.album.name)}</a>`;
  return sandboxPage(
    found.track.name,
    `<p>${artists}</p><p><small>${album} · ${escapeHtml(found.album.releaseDate)} · ${length(found.track.durationMs)}</small></p>`,
  );
}

function albumPage(sandbox: SandboxContext, id: string): string | undefined {
  const album = sandbox.catalog.album(id);
  if (!album) return undefined;
  const artists = escapeHtml(album.artists.map(({ name }) => name).join(', '));
  return sandboxPage(
    album.name,
    `<p>${artists} · ${escapeHtml(album.releaseDate)}</p><ol>${album.tracks.map((track) => trackLine(sandbox, track.id)).join('')}</ol>`,
  );
}

function length(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
