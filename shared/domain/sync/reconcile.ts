import type { RemoteFindingKind } from '#shared/vocabulary.ts';
import { findMarker } from './naming.ts';

interface Listed {
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

export interface RemoteSight {
  readonly kind: RemoteFindingKind;
  readonly spotifyPlaylistId: string;
  readonly name: string;
  readonly detail: string;
  /** The replica that it belongs to, as far as the ledger knows one. */
  readonly replicaId: string | null;
}

/**
 * What an account's list and the ledger do not agree on. A playlist without our marker and without a row is the owner's own business and
 * never mentioned; a replica that was never created is missing nothing.
 */
export function compareWithLedger(listed: readonly Listed[], replicas: readonly KnownReplica[]): RemoteSight[] {
  const byPlaylist = new Map(replicas.flatMap((one) => (one.spotifyPlaylistId === null ? [] : [[one.spotifyPlaylistId, one] as const])));
  const byMarker = new Map(replicas.map((one) => [one.marker, one]));
  const sights = listed.flatMap((playlist): RemoteSight[] => {
    const own = byPlaylist.get(playlist.id);
    if (own) return own.status === 'retired' ? [leftBehind(playlist, own)] : [];
    const marker = findMarker(playlist.description);
    if (marker === null) return [];
    const twin = byMarker.get(marker);
    if (!twin) return [orphan(playlist, marker)];
    // Not adopted yet: the next sync takes it as the replica.
    return twin.spotifyPlaylistId === null ? [] : [duplicate(playlist, twin)];
  });
  const shown = new Set(listed.map(({ id }) => id));
  const missing = replicas.filter(
    ({ status, spotifyPlaylistId }) => status === 'live' && spotifyPlaylistId !== null && !shown.has(spotifyPlaylistId),
  );
  return [...sights, ...missing.map(gone)];
}

function leftBehind({ id, name }: Listed, { id: replicaId, playlistIndex }: KnownReplica): RemoteSight {
  const detail = `Playlist #${playlistIndex} moved to another account; this is what it left behind.`;
  return { kind: 'orphan', spotifyPlaylistId: id, name, detail, replicaId };
}

function orphan({ id, name }: Listed, marker: string): RemoteSight {
  return {
    kind: 'orphan',
    spotifyPlaylistId: id,
    name,
    detail: `It carries the mark ${marker}, which no playlist of this house has.`,
    replicaId: null,
  };
}

function duplicate({ id, name }: Listed, { id: replicaId, playlistIndex, spotifyPlaylistId }: KnownReplica): RemoteSight {
  const detail = `It carries the mark of playlist #${playlistIndex}, which is ${spotifyPlaylistId ?? 'another one'}.`;
  return { kind: 'duplicate', spotifyPlaylistId: id, name, detail, replicaId };
}

function gone({ id, spotifyPlaylistId, playlistIndex }: KnownReplica): RemoteSight {
  const detail = `Playlist #${playlistIndex} is not on the account's list any more: somebody deleted it. Only a person brings it back.`;
  return { kind: 'missing', spotifyPlaylistId: spotifyPlaylistId ?? '', name: `Playlist #${playlistIndex}`, detail, replicaId: id };
}
