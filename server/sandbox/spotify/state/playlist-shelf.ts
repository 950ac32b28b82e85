import { createHash, randomInt } from 'node:crypto';
import { refusal } from '../answers.ts';
import type { Person, PlaylistItem, StoredPlaylist } from './state.ts';
import type { World } from './world.ts';

/** About this many playlists fit one account. */
export const PLAYLISTS_PER_PERSON_MAX = 11_000;
/** Most items one playlist holds. */
export const ITEMS_PER_PLAYLIST_MAX = 10_000;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A version's name: the revision in four bytes and a digest, as Spotify's look. Pure, so older ones can be told again. */
export function snapshotId(playlist: StoredPlaylist, revision = playlist.revision): string {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(revision);
  const digest = createHash('sha1').update(`${playlist.id}:${revision}`).digest();
  return Buffer.concat([head, digest]).toString('base64');
}

/** Puts a new playlist on the top of its owner's shelf. */
export function createPlaylist(
  world: World,
  owner: Person,
  face: { name: string; description: string; public: boolean; collaborative: boolean },
): StoredPlaylist {
  const shelf = world.state.shelves.get(owner.id) ?? [];
  if (shelf.length >= PLAYLISTS_PER_PERSON_MAX) throw refusal(403, 'Too many playlists.');
  const playlist: StoredPlaylist = { id: newId(), ownerId: owner.id, createdAt: world.now(), ...face, items: [], revision: 1, covers: [] };
  world.state.playlists.set(playlist.id, playlist);
  shelf.unshift(playlist.id);
  world.state.shelves.set(owner.id, shelf);
  world.touch(['playlists', playlist.id], ['shelves', owner.id]);
  return playlist;
}

function newId(): string {
  return Array.from({ length: 22 }, (_, i) => ALPHABET.charAt(randomInt(i === 0 ? 8 : 62))).join('');
}

/** Any change: a new revision, whose snapshot id is returned. */
export function changePlaylist(world: World, playlist: StoredPlaylist, change: (playlist: StoredPlaylist) => void): string {
  change(playlist);
  playlist.revision++;
  world.touch(['playlists', playlist.id]);
  return snapshotId(playlist);
}

/** New entries in the person's name, now. */
export function entries(world: World, person: Person | string, uris: readonly (string | null)[]): PlaylistItem[] {
  const addedAt = new Date(world.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const addedBy = typeof person === 'string' ? person : person.id;
  return uris.map((uri) => ({ uri, addedAt, addedBy }));
}

/** Playlists on a person's shelf, newest first, without those that are too new to be seen yet. */
export function shelfOf(world: World, person: Person): StoredPlaylist[] {
  const visibleBefore = world.now() - world.switches.listLagMs;
  return (world.state.shelves.get(person.id) ?? []).flatMap((id) => {
    const playlist = world.state.playlists.get(id);
    return playlist && (playlist.createdAt <= visibleBefore || world.switches.listLagMs === 0) ? [playlist] : [];
  });
}
