import { createHash, randomInt } from 'node:crypto';
import { spotifyError } from '../responses.ts';
import type { Person, PlaylistItem, StoredPlaylist } from './state.ts';
import type { SandboxContext } from './sandbox-context.ts';

/** Spotify's approximate limit of playlists per account. */
export const PLAYLISTS_PER_PERSON_MAX = 11_000;
/** Maximum items in one playlist. */
export const ITEMS_PER_PLAYLIST_MAX = 10_000;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The snapshot id of a revision: four bytes and a digest, like Spotify's. Pure, so the ids of earlier revisions can be recomputed. */
export function snapshotId(playlist: StoredPlaylist, revision = playlist.revision): string {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(revision);
  const digest = createHash('sha1').update(`${playlist.id}:${revision}`).digest();
  return Buffer.concat([head, digest]).toString('base64');
}

/** Creates a playlist at the top of its owner's library. Throws 403 above the account's limit. */
export function createPlaylist(
  sandbox: SandboxContext,
  owner: Person,
  details: { name: string; description: string; public: boolean; collaborative: boolean },
): StoredPlaylist {
  const playlistIds = sandbox.state.shelves.get(owner.id) ?? [];
  if (playlistIds.length >= PLAYLISTS_PER_PERSON_MAX) throw spotifyError(403, 'Too many playlists.');
  const playlist: StoredPlaylist = { id: newId(), ownerId: owner.id, createdAt: sandbox.now(), ...details, items: [], revision: 1, covers: [] };
  sandbox.state.playlists.set(playlist.id, playlist);
  playlistIds.unshift(playlist.id);
  sandbox.state.shelves.set(owner.id, playlistIds);
  sandbox.persist(['playlists', playlist.id], ['shelves', owner.id]);
  return playlist;
}

function newId(): string {
  return Array.from({ length: 22 }, (_, i) => ALPHABET.charAt(randomInt(i === 0 ? 8 : 62))).join('');
}

/** Applies a change as a new revision; returns its snapshot id. */
export function changePlaylist(sandbox: SandboxContext, playlist: StoredPlaylist, change: (playlist: StoredPlaylist) => void): string {
  change(playlist);
  playlist.revision++;
  sandbox.persist(['playlists', playlist.id]);
  return snapshotId(playlist);
}

/** Creates playlist items, added by this user now. */
export function newItems(sandbox: SandboxContext, person: Person | string, uris: readonly (string | null)[]): PlaylistItem[] {
  const addedAt = new Date(sandbox.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const addedBy = typeof person === 'string' ? person : person.id;
  return uris.map((uri) => ({ uri, addedAt, addedBy }));
}

/** The playlists in a user's library, newest first, without those still hidden by `listLagMs`. */
export function libraryPlaylists(sandbox: SandboxContext, person: Person): StoredPlaylist[] {
  const visibleBefore = sandbox.now() - sandbox.switches.listLagMs;
  return (sandbox.state.shelves.get(person.id) ?? []).flatMap((id) => {
    const playlist = sandbox.state.playlists.get(id);
    return playlist && (playlist.createdAt <= visibleBefore || sandbox.switches.listLagMs === 0) ? [playlist] : [];
  });
}
