import type { RemoteFindingKind } from '#shared/vocabulary.ts';
import { findMarker } from './replica-marker.ts';

interface ListedPlaylist {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
}

interface KnownReplica {
  readonly id: string;
  readonly spotifyPlaylistId: string | null;
  readonly marker: string;
  readonly status: 'pending' | 'live' | 'lost' | 'retired';
  readonly playlistIndex: number;
}

export interface RemoteFinding {
  readonly kind: RemoteFindingKind;
  readonly spotifyPlaylistId: string;
  readonly name: string;
  readonly detail: string;
  /** The replica that it belongs to; null when the ledger has none. */
  readonly replicaId: string | null;
}

/**
 * The differences between an account's list of playlists and the ledger. Ignores playlists without Segue's marker and without a ledger row, because they
 * are the owner's; and replicas that were never created.
 */
export function compareWithLedger(listed: readonly ListedPlaylist[], replicas: readonly KnownReplica[]): RemoteFinding[] {
  const byPlaylist = new Map(replicas.flatMap((one) => (one.spotifyPlaylistId === null ? [] : [[one.spotifyPlaylistId, one] as const])));
  const byMarker = new Map(replicas.map((one) => [one.marker, one]));
  const findings = listed.flatMap((playlist): RemoteFinding[] => {
    const own = byPlaylist.get(playlist.id);
    if (own) return own.status === 'retired' ? [leftBehind(playlist, own)] : [];
    const marker = findMarker(playlist.description);
    if (marker === null) return [];
    const replica = byMarker.get(marker);
    if (!replica) return [orphan(playlist, marker)];
    // Not adopted yet: the next sync adopts it as the replica.
    return replica.spotifyPlaylistId === null ? [] : [duplicate(playlist, replica)];
  });
  const shown = new Set(listed.map(({ id }) => id));
  const missing = replicas.filter(
    ({ status, spotifyPlaylistId }) => status === 'live' && spotifyPlaylistId !== null && !shown.has(spotifyPlaylistId),
  );
  return [...findings, ...missing.map(gone)];
}

function leftBehind({ id, name }: ListedPlaylist, { id: replicaId, playlistIndex }: KnownReplica): RemoteFinding {
  const detail = `Playlist #${playlistIndex} moved to another account; this copy was left behind.`;
  return { kind: 'orphan', spotifyPlaylistId: id, name, detail, replicaId };
}

function orphan({ id, name }: ListedPlaylist, marker: string): RemoteFinding {
  return {
    kind: 'orphan',
    spotifyPlaylistId: id,
    name,
    detail: `Its marker ${marker} belongs to no playlist in Segue.`,
    replicaId: null,
  };
}

function duplicate({ id, name }: ListedPlaylist, { id: replicaId, playlistIndex, spotifyPlaylistId }: KnownReplica): RemoteFinding {
  const detail = `It has the marker of playlist #${playlistIndex}, which already exists as ${spotifyPlaylistId ?? 'another playlist'}.`;
  return { kind: 'duplicate', spotifyPlaylistId: id, name, detail, replicaId };
}

function gone({ id, spotifyPlaylistId, playlistIndex }: KnownReplica): RemoteFinding {
  const detail = `Playlist #${playlistIndex} was deleted on Spotify. An operator has to restore it.`;
  return { kind: 'missing', spotifyPlaylistId: spotifyPlaylistId ?? '', name: `Playlist #${playlistIndex}`, detail, replicaId: id };
}
