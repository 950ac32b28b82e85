/** The product's closed lists of words. Postgres enums and zod enums are derived from these; nothing else spells them again. */
export const ROLES = ['listener', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const ACCOUNT_STATUSES = ['active', 'needs_reauth', 'limited', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const SOURCE_STATUSES = ['queued', 'reading', 'ingested', 'failed', 'duplicate'] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** Why a line of an intake could not become an album; each has a remedy in shared/domain/intake-remedies.ts. */
export const SOURCE_FAILURES = [
  'not_a_link',
  'wrong_host',
  'wrong_kind',
  'wrong_id_length',
  'album_gone',
  'album_region_blocked',
  'album_empty',
  'album_incomplete',
  'unreadable_answer',
] as const;
export type SourceFailure = (typeof SOURCE_FAILURES)[number];

/** Who said a value, so that missing can stay unknown and a better source can win later. */
export const PROVENANCES = ['spotify', 'reccobeats', 'musicbrainz', 'lastfm', 'user', 'derived'] as const;
export type Provenance = (typeof PROVENANCES)[number];

export const IDENTITY_BASES = ['isrc', 'title_artists_duration'] as const;
export type IdentityBasis = (typeof IDENTITY_BASES)[number];

export const PLAYLIST_STATUSES = ['active', 'paused', 'retired'] as const;

/** A snapshot is published whole or not at all; an unfilled one is kept with its reasons and never synced. */
export const SNAPSHOT_STATUSES = ['published', 'unfilled'] as const;
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number];

export const REPLICA_STATUSES = ['pending', 'live', 'lost'] as const;
export type ReplicaStatus = (typeof REPLICA_STATUSES)[number];

export const SYNC_PLAN_STATUSES = ['planned', 'applying', 'applied', 'stale', 'failed'] as const;
export type SyncPlanStatus = (typeof SYNC_PLAN_STATUSES)[number];

export const SYNC_OPERATION_KINDS = ['create', 'replace', 'append', 'details'] as const;

export const SYNC_OPERATION_STATES = ['planned', 'intended', 'applied', 'abandoned'] as const;

export const JOB_RUN_STATUSES = ['queued', 'running', 'done', 'failed', 'put_off', 'cancelled'] as const;
export type JobRunStatus = (typeof JOB_RUN_STATUSES)[number];

export const TAG_KINDS = ['genre', 'mood'] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** What a Spotify app may do: decided by when it was made and what quota it has (see README, "Connect the real Spotify"). */
export const CAPABILITY_PROFILES = ['dev-2026', 'dev-legacy', 'extended'] as const;
export type CapabilityProfile = (typeof CAPABILITY_PROFILES)[number];

export const AUDIO_FEATURES = [
  'danceability',
  'energy',
  'key',
  'loudness',
  'mode',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
  'time_signature',
] as const;
export type AudioFeature = (typeof AUDIO_FEATURES)[number];
