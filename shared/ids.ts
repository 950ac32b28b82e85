import { z } from 'zod';
import { dayInput, idInput, patternInput } from '#shared/input-types.ts';

/** Branded ids: one declaration serves zod at the entry points, Drizzle's `$type` and TypeScript, so ids of two kinds cannot be mixed up. */
export const userId = z.uuid().brand<'UserId'>();
export type UserId = z.infer<typeof userId>;

export const accountId = z.uuid().brand<'AccountId'>();
export type AccountId = z.infer<typeof accountId>;

export const playlistId = z.uuid().brand<'PlaylistId'>();
export type PlaylistId = z.infer<typeof playlistId>;

export const policyId = z.uuid().brand<'PolicyId'>();
export type PolicyId = z.infer<typeof policyId>;

export const replicaId = z.uuid().brand<'ReplicaId'>();
export type ReplicaId = z.infer<typeof replicaId>;

export const ownPlaylistId = z.uuid().brand<'OwnPlaylistId'>();
export type OwnPlaylistId = z.infer<typeof ownPlaylistId>;

export const syncPlanId = z.uuid().brand<'SyncPlanId'>();
export type SyncPlanId = z.infer<typeof syncPlanId>;

export const jobRunId = z.uuid().brand<'JobRunId'>();
export type JobRunId = z.infer<typeof jobRunId>;

/** An integer, not a UUID: the ledger and the selection engine hold millions of recordings. */
export const recordingId = idInput.brand<'RecordingId'>();
export type RecordingId = z.infer<typeof recordingId>;

/** A Spotify id is 22 characters of base62, for albums, artists and tracks alike. */
const SPOTIFY_ID = /^[0-9A-Za-z]{22}$/;
export const spotifyAlbumId = patternInput(SPOTIFY_ID, 'is not a Spotify album id').brand<'SpotifyAlbumId'>();
export type SpotifyAlbumId = z.infer<typeof spotifyAlbumId>;
export const spotifyTrackId = patternInput(SPOTIFY_ID, 'is not a Spotify track id').brand<'SpotifyTrackId'>();
export type SpotifyTrackId = z.infer<typeof spotifyTrackId>;
export const spotifyArtistId = patternInput(SPOTIFY_ID, 'is not a Spotify artist id').brand<'SpotifyArtistId'>();
export type SpotifyArtistId = z.infer<typeof spotifyArtistId>;
/** Playlist ids use the same alphabet, but some old ones are longer or shorter, so the length is checked loosely. */
export const spotifyPlaylistId = patternInput(/^[0-9A-Za-z]{16,32}$/, 'is not a Spotify playlist id').brand<'SpotifyPlaylistId'>();
export type SpotifyPlaylistId = z.infer<typeof spotifyPlaylistId>;

/** A calendar day in UTC, `YYYY-MM-DD`. The ledger's batch tag is a day. */
export const day = dayInput.brand<'Day'>();
export type Day = z.infer<typeof day>;

export const renderId = z.uuid().brand<'RenderId'>();
export type RenderId = z.infer<typeof renderId>;

export const assetId = z.uuid().brand<'AssetId'>();
export type AssetId = z.infer<typeof assetId>;

export const loraId = z.uuid().brand<'LoraId'>();
export type LoraId = z.infer<typeof loraId>;

export const coverId = z.uuid().brand<'CoverId'>();
export type CoverId = z.infer<typeof coverId>;

export const savedPlaylistId = z.uuid().brand<'SavedPlaylistId'>();
export type SavedPlaylistId = z.infer<typeof savedPlaylistId>;

export const coverUploadId = z.uuid().brand<'CoverUploadId'>();
export type CoverUploadId = z.infer<typeof coverUploadId>;

export const collectionId = z.uuid().brand<'CollectionId'>();
export type CollectionId = z.infer<typeof collectionId>;

export const submissionId = z.uuid().brand<'SubmissionId'>();
export type SubmissionId = z.infer<typeof submissionId>;
