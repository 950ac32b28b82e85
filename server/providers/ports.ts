import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import type { AccountId, SpotifyAlbumId, SpotifyArtistId, SpotifyPlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import type { PlaylistContents, PlaylistImage } from './playlist-ports.ts';
import type { AudioFeature, CapabilityProfile, Provenance } from '#shared/vocabulary.ts';

/** Interfaces to the vendors, in Segue's own terms. Each vendor's adapter has its own folder and throws only AppError. */

export interface CatalogArtist {
  readonly id: SpotifyArtistId;
  readonly name: string;
}

export interface CatalogTrack {
  readonly id: SpotifyTrackId;
  readonly name: string;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly discNumber: number;
  readonly trackNumber: number;
  readonly artists: readonly CatalogArtist[];
  /** Null when the endpoint does not return it (album reads in dev-2026). */
  readonly isrc: string | null;
  readonly popularity: number | null;
}

export interface CatalogAlbum {
  readonly id: SpotifyAlbumId;
  readonly name: string;
  readonly albumType: string | null;
  readonly artists: readonly CatalogArtist[];
  readonly totalTracks: number;
  readonly releaseDate: string | null;
  readonly imageUrl: string | null;
  readonly upc: string | null;
  readonly tracks: readonly CatalogTrack[];
  /** Number of album items that are not catalog tracks (local files, null items). */
  readonly skippedItems: number;
}

/** Expected results of reading one album; any other failure is an AppError. */
export type AlbumReading =
  | { readonly kind: 'found'; readonly album: CatalogAlbum }
  | { readonly kind: 'gone' }
  | { readonly kind: 'region_blocked' }
  | { readonly kind: 'empty' }
  /** The pages shrank or repeated, so fewer tracks were received than `total` promised. */
  | { readonly kind: 'incomplete'; readonly expected: number; readonly got: number }
  /** The response for this album does not match the known format. */
  | { readonly kind: 'unreadable' };

export interface TrackDetails {
  readonly id: SpotifyTrackId;
  readonly isrc: string | null;
  readonly popularity: number | null;
}

/** Public catalog data, read with the app's credentials. */
export interface MusicCatalog {
  /** The configured profile, reduced by the endpoints that Spotify refused. */
  profile(): Promise<CapabilityProfile>;
  /** Maximum albums in one request under the current profile: 1 or 20. */
  albumsPerRequest(): Promise<number>;
  /** Reads up to `albumsPerRequest()` albums with all their tracks; one reading per id, in the given order. */
  readAlbums(ids: readonly SpotifyAlbumId[], signal: AbortSignal): Promise<readonly AlbumReading[]>;
  /** ISRC and popularity of up to 50 tracks in one request; undefined when the profile has no batch read. */
  readTrackDetails(ids: readonly SpotifyTrackId[], signal: AbortSignal): Promise<readonly TrackDetails[] | undefined>;
}

export interface RemotePlaylist {
  readonly id: SpotifyPlaylistId;
  readonly details: PlaylistDetails;
  readonly ownerId: string;
  readonly snapshotId: string;
  /** In playlist order; null for an item that no longer exists or is a local file. */
  readonly uris: readonly (string | null)[];
}

export interface RemotePlaylistSummary {
  readonly id: SpotifyPlaylistId;
  readonly name: string;
  readonly description: string | null;
  readonly ownerId: string;
}

/** An account's playlists. Every method needs a valid access token. Non-idempotent writes are never retried. */
export interface PlaylistHost {
  /** All playlists that the account owns, from all pages. */
  listOwnPlaylists(access: AccountAccess, ownerId: string, signal: AbortSignal): Promise<readonly RemotePlaylistSummary[]>;
  /** Reads the playlist with all its items; undefined when Spotify returns 404. One request for up to 100 items when the profile embeds them. */
  readPlaylist(access: AccountAccess, id: SpotifyPlaylistId, signal: AbortSignal): Promise<RemotePlaylist | undefined>;
  /** The first entries of any playlist, with one request for each fifty. */
  readContents(access: AccountAccess, id: SpotifyPlaylistId, options: { entriesMax: number; signal: AbortSignal }): Promise<PlaylistContents>;
  /** The pictures that Spotify shows now, the largest first: a mosaic of album covers until one was uploaded. */
  readImages(access: AccountAccess, id: SpotifyPlaylistId, signal: AbortSignal): Promise<readonly PlaylistImage[]>;
  /**
   * Downloads a picture of `readImages`, at most 4 MB. Throws `provider_rejected` for an address that is not the host's and for a missing file, and
   * `provider_unavailable` when it does not answer.
   */
  downloadImage(image: PlaylistImage, signal: AbortSignal): Promise<Uint8Array>;
  /**
   * Replaces the playlist's picture by a JPEG of at most 256 KB in base64. Idempotent. Spotify shows it seconds to minutes later.
   * Throws `forbidden` with the kind `InsufficientScope` when the account did not grant `ugc-image-upload`, and `too_large`.
   */
  uploadImage(access: AccountAccess, id: SpotifyPlaylistId, jpeg: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Not idempotent: after an ambiguous failure search for the marker; never send it again. */
  createPlaylist(access: AccountAccess, details: PlaylistDetails, signal: AbortSignal): Promise<SpotifyPlaylistId>;
  /** Sends only the given fields; null leaves the visibility as it is. */
  changeDetails(access: AccountAccess, id: SpotifyPlaylistId, details: Partial<PlaylistDetails>, signal: AbortSignal): Promise<void>;
  /** At most 100 URIs; replaces all items. */
  replaceItems(access: AccountAccess, id: SpotifyPlaylistId, uris: readonly string[], signal: AbortSignal): Promise<{ snapshotId: string }>;
  /** At most 100 URIs, inserted before the 0-based position. Not idempotent. */
  addItems(
    access: AccountAccess,
    id: SpotifyPlaylistId,
    items: { uris: readonly string[]; position: number },
    signal: AbortSignal,
  ): Promise<{ snapshotId: string }>;
  /** Removes the playlist from the account's library, which is how Spotify deletes one. Idempotent. */
  unfollowPlaylist(access: AccountAccess, id: SpotifyPlaylistId, signal: AbortSignal): Promise<void>;
}

export interface TokenGrant {
  readonly accessToken: string;
  /** Undefined when the old refresh token stays valid. */
  readonly refreshToken: string | undefined;
  readonly expiresInSeconds: number;
  readonly scopes: readonly string[];
}

export interface VendorIdentity {
  /** Stable id for linking: `account_id`, else the user id. */
  readonly subject: string;
  readonly userId: string;
  readonly displayName: string;
  readonly imageUrl: string | null;
}

/** Spotify's accounts service. PKCE for people; the confidential flow for service accounts when a client secret is set. */
export interface AccountsService {
  /** Client id of the app. A token works only with the app that its owner authorized. */
  readonly app: string;
  /** True when the app has a client secret: service accounts then need no PKCE, and their refresh tokens do not rotate. */
  readonly isConfidential: boolean;
  authorizeUrl(request: {
    state: string;
    challenge: string | undefined;
    scopes: readonly string[];
    redirectUri: string;
    showDialog?: boolean;
  }): string;
  /** Throws `invalid_input` for a refused code or verifier. Never retried. */
  exchangeCode(request: { code: string; verifier: string | undefined; redirectUri: string }, signal: AbortSignal): Promise<TokenGrant>;
  /** Throws `reauth_required` when the refresh token is dead. Never retried. */
  refresh(refreshToken: string, signal: AbortSignal): Promise<TokenGrant>;
  identify(accessToken: string, signal: AbortSignal): Promise<VendorIdentity>;
}

export interface FeatureReading {
  readonly trackId: SpotifyTrackId;
  readonly isrc: string | null;
  readonly features: Readonly<Partial<Record<AudioFeature, number>>>;
}

/** One source in the audio-feature chain. Tracks that it does not know are missing from its result. */
export interface AudioFeatureSource {
  readonly provenance: Provenance;
  readonly batchSize: number;
  /** Undefined when the app has no access to this source; the chain then continues with the next one. */
  readFeatures(ids: readonly SpotifyTrackId[], signal: AbortSignal): Promise<readonly FeatureReading[] | undefined>;
}

/** One source in the genre chain, queried by ISRC. */
export interface GenreSource {
  readonly provenance: Provenance;
  /** Lower-case genres, best first; empty when known to have none; undefined when the source does not know the ISRC. */
  readGenres(isrc: string, signal: AbortSignal): Promise<readonly string[] | undefined>;
}

/** A request budget shared by all processes through Postgres. `take` waits until the next request is allowed. */
export interface RequestBudget {
  take(signal: AbortSignal): Promise<void>;
  /** Blocks all requests for `forMs` milliseconds after the vendor's rate limit. `accountId` when the request was for an account. */
  block(forMs: number, why: string, accountId?: AccountId): Promise<void>;
}

/** A valid access token; with `budget`, its requests count against the account as well as the app. */
export type AccountAccess = string | { readonly token: string; readonly budget: RequestBudget };

/** A breaker's answer to a request: send it; send it as the only probe; or wait until `until`. */
export type BreakerDecision = { readonly kind: 'closed' } | { readonly kind: 'probe'; readonly probe: BreakerProbe } | OpenDecision;

/** No request may be sent before `until`. */
export interface OpenDecision {
  readonly kind: 'open';
  readonly until: Date;
  readonly why: string;
}

/** The right to send the probe request. It expires, and another request may then take it. */
export interface BreakerProbe {
  /** Call right before sending: renews the right for the duration of one request. Returns when to try again if the right was lost or is no longer needed. */
  confirm(): Promise<OpenDecision | undefined>;
  /** The probe ended without a result: another request may probe. No effect when the right was already lost. */
  release(): Promise<void>;
}

/** A breaker's state, shared by all processes and preserved across restarts. */
export interface SharedBreaker {
  /** At most one caller across all processes gets `probe`. It must call `keep` before sending, then `opened`, `closed` or the probe's `release`. */
  admit(): Promise<BreakerDecision>;
  /** Retries of all processes since the vendor last responded, as known in this process without a query; Infinity while open. */
  retries(): number;
  /** Counts one retry. False, and not counted, when all processes together have used `max` or the breaker is open. */
  takeRetry(max: number): Promise<boolean>;
  /** Records a failed call; the `limit`th in a row opens the breaker for `forMs` milliseconds. True when it is open now. */
  recordFailure(failure: { readonly why: string; readonly limit: number; readonly forMs: number }): Promise<boolean>;
  /** Records a response: resets the failure count. Sends no query when the count is zero. */
  recordSuccess(): Promise<void>;
  /** Opens the breaker for `forMs` milliseconds. */
  open(forMs: number, why: string, failures: number): Promise<void>;
  /** Closes the breaker. */
  close(): Promise<void>;
}

/** A vendor in use with its budget and breakers, for the vendors page. */
export interface VendorFacts {
  readonly vendor: string;
  readonly name: string;
  /** Key of its request budget. */
  readonly bucket: string;
  /** Null when only the vendor's rate limits apply. */
  readonly requestsPerMinute: number | null;
  readonly breakers: readonly { readonly key: string; readonly name: string; readonly isQuota: boolean }[];
  readonly cachesResponses: boolean;
}

/** A cache of vendor responses, shared by all processes. */
export interface ProviderCache {
  /** The cached entries of `keys`. Counts a fresh entry as a hit, a missing or expired one as a miss. */
  find(provider: Provenance, keys: readonly string[]): Promise<ReadonlyMap<string, CachedResponse>>;
  store(provider: Provenance, answers: readonly { readonly key: string; readonly body: object; readonly goodForMs: number }[]): Promise<void>;
}

export interface CachedResponse {
  readonly body: unknown;
  /** False when expired: use it only while the vendor is unavailable. */
  readonly isFresh: boolean;
}
