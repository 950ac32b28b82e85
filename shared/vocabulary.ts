/** The product's closed value lists. Postgres enums and zod enums are derived from these; no other file repeats the values. */
export const ROLES = ['listener', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const ACCOUNT_STATUSES = ['active', 'needs_reauth', 'limited', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const SOURCE_STATUSES = ['queued', 'reading', 'ingested', 'failed', 'duplicate'] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** What was decided about an album that a listener submitted. */
export const SUBMISSION_DECISIONS = ['waiting', 'accepted', 'refused', 'withdrawn'] as const;
export type SubmissionDecision = (typeof SUBMISSION_DECISIONS)[number];

/** Why an import line could not become an album; each has a remedy in shared/domain/catalog/import-failures.ts. */
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

/** The source of a value, so that a missing value can stay unknown and a better source can win later. */
export const PROVENANCES = ['spotify', 'reccobeats', 'musicbrainz', 'lastfm', 'user', 'derived'] as const;
export type Provenance = (typeof PROVENANCES)[number];

export const IDENTITY_BASES = ['isrc', 'title_artists_duration'] as const;
export type IdentityBasis = (typeof IDENTITY_BASES)[number];

export const PLAYLIST_STATUSES = ['active', 'paused', 'retired'] as const;

/** A snapshot is published whole or not at all; an unfilled one is stored with its reasons and never synced. */
export const SNAPSHOT_STATUSES = ['published', 'unfilled'] as const;
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number];

/** `retired`: no longer written to; the playlist on Spotify is left alone, or unfollowed by an approved plan. */
export const REPLICA_STATUSES = ['pending', 'live', 'lost', 'retired'] as const;
export type ReplicaStatus = (typeof REPLICA_STATUSES)[number];

/** `waiting`: above an auto-apply limit; a person has to approve it first. */
export const SYNC_PLAN_STATUSES = ['planned', 'applying', 'applied', 'stale', 'failed', 'waiting'] as const;
export type SyncPlanStatus = (typeof SYNC_PLAN_STATUSES)[number];

export const SYNC_OPERATION_KINDS = ['create', 'replace', 'append', 'details', 'unfollow', 'cover'] as const;

export const SYNC_OPERATION_STATES = ['planned', 'intended', 'applied', 'abandoned'] as const;

export const JOB_RUN_STATUSES = ['queued', 'running', 'done', 'failed', 'put_off', 'cancelled'] as const;
export type JobRunStatus = (typeof JOB_RUN_STATUSES)[number];

export const TAG_KINDS = ['genre', 'mood'] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** What a Spotify app may do: depends on when it was created and on its quota (see README, "Connect the real Spotify"). */
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

/**
 * States of a scaling plan: `planned` → `approved` (by a person or automatically) → `applied`; a newer plan makes it `superseded`. `impossible`
 * stores why the platform forbids it.
 */
export const MANAGER_PLAN_STATUSES = ['planned', 'approved', 'applied', 'superseded', 'impossible'] as const;
export type ManagerPlanStatus = (typeof MANAGER_PLAN_STATUSES)[number];

/** What an operator, or an edit on Spotify, decided about one recording in one playlist, outside the policy. */
export const PLAYLIST_MARKS = ['pin', 'ban'] as const;
export type PlaylistMarkKind = (typeof PLAYLIST_MARKS)[number];
export const MARK_SOURCES = ['admin', 'hand'] as const;

export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** Differences that the reconciler finds between an account and the ledger. */
export const REMOTE_FINDINGS = ['orphan', 'duplicate', 'missing'] as const;
export type RemoteFindingKind = (typeof REMOTE_FINDINGS)[number];

export const ALERT_LEVELS = ['critical', 'warning', 'info'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

export const SIMULATION_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type SimulationStatus = (typeof SIMULATION_STATUSES)[number];

/** `waiting`: above the blast radius; nothing of that day is applied automatically until a person approves it. */
export const DRY_RUN_STATUSES = ['within', 'waiting', 'approved', 'superseded'] as const;
export type DryRunStatus = (typeof DRY_RUN_STATUSES)[number];

/** The vendors of image and text models; `local` is our own and needs no key. */
export const STUDIO_VENDORS = ['local', 'gemini', 'stability', 'fal'] as const;
export type StudioVendor = (typeof STUDIO_VENDORS)[number];

/** What a model is asked to do. */
export const STUDIO_TASKS = ['text_to_image', 'image_to_image', 'inpaint', 'image_to_video'] as const;
export type StudioTask = (typeof STUDIO_TASKS)[number];

/**
 * States of a render: queued → sending → (waiting, when the vendor has a queue) → storing → done; or refused, failed, canceled. `unknown`: the request
 * was sent and its answer was lost, so it is not sent again.
 */
export const RENDER_STATES = ['queued', 'sending', 'waiting', 'storing', 'done', 'refused', 'failed', 'canceled', 'unknown'] as const;
/** Of a render that is still being worked on. */
export const OPEN_RENDER_STATES = ['queued', 'sending', 'waiting', 'storing'] as const satisfies readonly RenderState[];
export type RenderState = (typeof RENDER_STATES)[number];

/** Why a vendor made no picture. */
export const RENDER_REFUSALS = ['content', 'credits', 'invalid', 'input_unavailable', 'nothing_made', 'failed', 'canceled', 'expired'] as const;
export type RenderRefusal = (typeof RENDER_REFUSALS)[number];

/** How a reserved cost ended. `unknown` counts against the limit until somebody decides. */
export const COST_STATES = ['reserved', 'charged', 'refunded', 'unknown'] as const;
export type CostState = (typeof COST_STATES)[number];

/**
 * How an asset came to be. `cover`: a finished cover, or a picture drawn or kept for one. `edit`: cropped or resized from another asset. `mask`: what of a
 * picture is repainted; the library does not show it.
 */
export const ASSET_ORIGINS = ['render', 'upload', 'edit', 'cover', 'mask'] as const;
export type AssetOrigin = (typeof ASSET_ORIGINS)[number];

/** Who may see an asset or a collection besides its owner: nobody, everybody who has the link, or everybody on the maker's page. */
export const SHARINGS = ['private', 'link', 'public'] as const;
export type Sharing = (typeof SHARINGS)[number];

/** The main colors that pictures can be filtered by. */
export const COLOR_WORDS = ['red', 'orange', 'yellow', 'green', 'blue', 'violet', 'pale', 'dark'] as const;
export type ColorWord = (typeof COLOR_WORDS)[number];

/** What the catalog's search finds and has an entry for. */
export const SEARCH_KINDS = ['recording', 'artist', 'album'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
