import {
  accounts,
  artists,
  curationPolicies,
  playlistEntriesHistory,
  playlists,
  placements,
  recordings,
  snapshots,
  trackArtists,
  tracks,
} from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { policyV1 } from '#shared/contracts/policy.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/snapshot.ts';
import { accountId, playlistId, policyId, spotifyArtistId, spotifyTrackId } from '#shared/ids.ts';
import type { AccountId, PlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import { randomUUID } from 'node:crypto';

const AT = new Date('2026-11-01T00:00:00Z');
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The n-th invented Spotify id of a kind: 22 characters, the same every time. */
export function inventedId(kind: string, n: number): string {
  let rest = n;
  let tail = '';
  while (rest > 0) {
    tail = `${BASE62[rest % 62]}${tail}`;
    rest = Math.floor(rest / 62);
  }
  return `${kind}${tail.padStart(22 - kind.length, '0')}`;
}

/** Puts `count` recordings with one track each into the catalogue; returns the tracks in order. */
export async function seedTracks(db: Db, ids: readonly string[]): Promise<SeededTrack[]> {
  const artist = spotifyArtistId.parse(inventedId('artist', 1));
  await db.insert(artists).values({ id: artist, name: 'Ida Sound', source: 'spotify', fetchedAt: AT }).onConflictDoNothing();
  const trackIds = ids.map((id) => spotifyTrackId.parse(id));
  const rows = await db
    .insert(recordings)
    .values(trackIds.map((trackId, index) => recordingOf(trackId, index)))
    .returning({ id: recordings.id, trackId: recordings.trackId });
  const seeded = rows.map((row) => ({ recordingId: row.id, trackId: row.trackId }));
  await db
    .insert(tracks)
    .values(
      seeded.map(({ trackId, recordingId }) => ({
        id: trackId,
        name: `Song ${trackId.slice(-4)}`,
        durationMs: 200_000,
        recordingId,
        source: 'spotify' as const,
        fetchedAt: AT,
      })),
    );
  await db.insert(trackArtists).values(seeded.map(({ trackId }) => ({ trackId, position: 0, artistId: artist })));
  return seeded;
}

interface SeededTrack {
  readonly recordingId: (typeof recordings.$inferSelect)['id'];
  readonly trackId: SpotifyTrackId;
}

function recordingOf(trackId: SpotifyTrackId, index: number): typeof recordings.$inferInsert {
  return {
    matchKey: `song ${trackId}|ida sound`,
    title: `Song ${trackId.slice(-4)}`,
    durationMs: 200_000 + index,
    trackId,
    albumId: inventedId('album', 1) as never,
    basis: 'title_artists_duration',
    confidence: 0.9,
    ingestedOn: '2026-11-01',
  };
}

/** A policy without rest, so that a test may publish any list on any day. */
export async function seedPolicy(db: Db): Promise<(typeof curationPolicies.$inferSelect)['id']> {
  const id = policyId.parse(randomUUID());
  const body = policyV1.parse({ version: 1, pool: { all: [] }, rest: { days: 0, scope: 'playlist' } });
  await db.insert(curationPolicies).values({ id, familyId: randomUUID(), version: 1, name: 'Everything', body, createdAt: AT, createdBy: 'system' });
  return id;
}

export async function seedPlaylist(db: Db, index: number): Promise<PlaylistId> {
  const id = playlistId.parse(randomUUID());
  const policy = await seedPolicy(db);
  await db.insert(playlists).values({ id, globalIndex: index, themeTag: `Theme ${index}`, policyId: policy, createdAt: AT });
  return id;
}

/** Publishes a list as curation does: snapshot, placements and ledger entries in one transaction. */
export async function publish(
  db: Db & { transaction: unknown },
  list: { playlistId: PlaylistId; day: string; tracks: readonly SeededTrack[] },
): Promise<void> {
  await (db as import('#server/repos/database.ts').Database).transaction(async (tx) => {
    const [playlist] = await tx.select().from(playlists);
    await tx.insert(snapshots).values({
      playlistId: list.playlistId,
      batchTag: list.day,
      policyId: playlist!.policyId,
      status: 'published',
      size: list.tracks.length,
      report: REPORT,
      createdAt: AT,
    });
    const stays = await tx
      .insert(placements)
      .values(
        list.tracks.map(({ recordingId }) => ({
          playlistId: list.playlistId,
          recordingId,
          restScope: randomUUID(),
          firstDay: list.day,
          lastDay: list.day,
          restDays: 0,
        })),
      )
      .returning({ id: placements.id });
    await tx.insert(playlistEntriesHistory).values(
      list.tracks.map(({ recordingId, trackId }, index) => ({
        playlistId: list.playlistId,
        batchTag: list.day,
        position: index + 1,
        recordingId,
        trackId,
        placementId: stays[index]!.id,
        score: 1,
        reasons: REASONS,
        addedAt: AT,
      })),
    );
  });
}

/** A published day without entries for a playlist that could not be filled. */
export async function publishUnfilled(db: Db, list: { playlistId: PlaylistId; day: string }): Promise<void> {
  const [playlist] = await db.select().from(playlists);
  await db.insert(snapshots).values({
    playlistId: list.playlistId,
    batchTag: list.day,
    policyId: playlist!.policyId,
    status: 'unfilled',
    size: 0,
    report: { ...REPORT, shortfall: ['Only 3 recordings are admitted.'] },
    createdAt: AT,
  });
}

interface TokenSeals {
  seal(plain: string, owner: string): string;
}

/** A connected account that uses these tokens. */
export async function seedAccount(
  db: Db,
  account: {
    spotifyUserId: string;
    sealedAccessToken: (id: AccountId) => string;
    sealedRefreshToken: (id: AccountId) => string;
    maxPlaylists?: number;
    now: Date;
  },
): Promise<AccountId> {
  const id = accountId.parse(randomUUID());
  await db.insert(accounts).values({
    id,
    spotifyUserId: account.spotifyUserId,
    displayName: account.spotifyUserId,
    maxPlaylists: account.maxPlaylists ?? 200,
    scopes: ['playlist-modify-public', 'playlist-modify-private', 'playlist-read-private'],
    sealedAccessToken: account.sealedAccessToken(id),
    sealedRefreshToken: account.sealedRefreshToken(id),
    accessExpiresAt: new Date(account.now.getTime() + 3_600_000),
    authorizedAt: account.now,
    connectedAt: account.now,
  });
  return id;
}

export type { TokenSeals };

const REASONS: EntryReasons = { admittedBy: ['everything'], preferences: [], chance: 1, rank: 1, lastUsedOn: null, restDays: 0 };
const REPORT: SnapshotReport = {
  catalogue: 0,
  pool: 0,
  resting: 0,
  candidates: 0,
  cappedByArtist: 0,
  cappedByAlbum: 0,
  chosen: 0,
  size: 0,
  seed: 'test',
  shortfall: [],
  nearMisses: [],
  sound: { energy: null, valence: null, tempo: null, acousticness: null, year: null },
};
