import type { PlaylistFace } from '#shared/contracts/sync/sync.ts';
import type { AccountId, SpotifyAlbumId, SpotifyArtistId, SpotifyPlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import type { AudioFeature, CapabilityProfile, Provenance } from '#shared/vocabulary.ts';

/** What the house asks of the outside world, in the house's words. Adapters live one folder a vendor and throw only AppError. */

export interface CatalogueArtist {
  readonly id: SpotifyArtistId;
  readonly name: string;
}

export interface CatalogueTrack {
  readonly id: SpotifyTrackId;
  readonly name: string;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly discNumber: number;
  readonly trackNumber: number;
  readonly artists: readonly CatalogueArtist[];
  /** Unknown where the endpoint does not carry it (album reads in dev-2026). */
  readonly isrc: string | null;
  readonly popularity: number | null;
}

export interface CatalogueAlbum {
  readonly id: SpotifyAlbumId;
  readonly name: string;
  readonly albumType: string | null;
  readonly artists: readonly CatalogueArtist[];
  readonly totalTracks: number;
  readonly releaseDate: string | null;
  readonly imageUrl: string | null;
  readonly upc: string | null;
  readonly tracks: readonly CatalogueTrack[];
  /** Items of the album that are not catalogue tracks (local files, null items): counted, never guessed. */
  readonly skippedItems: number;
}

/** Expected outcomes of reading one album; everything else is an AppError. */
export type AlbumReading =
  | { readonly kind: 'found'; readonly album: CatalogueAlbum }
  | { readonly kind: 'gone' }
  | { readonly kind: 'region_blocked' }
  | { readonly kind: 'empty' }
  /** Pages shrank or repeated so that fewer tracks came than `total` said. */
  | { readonly kind: 'incomplete'; readonly expected: number; readonly got: number }
  /** The answer for this album alone was not of a known form. */
  | { readonly kind: 'unreadable' };

export interface TrackDetails {
  readonly id: SpotifyTrackId;
  readonly isrc: string | null;
  readonly popularity: number | null;
}

/** Public catalogue data, read with the app's own credentials. */
export interface MusicCatalogue {
  /** The profile the app was configured for, corrected by what its endpoints refused. */
  profile(): Promise<CapabilityProfile>;
  /** Most albums that one request can carry under the current profile: 1 or 20. */
  albumsPerRequest(): Promise<number>;
  /** Reads up to `albumsPerRequest()` albums with all their tracks; one reading per id, in the order asked. */
  readAlbums(ids: readonly SpotifyAlbumId[], signal: AbortSignal): Promise<readonly AlbumReading[]>;
  /** ISRC and popularity of up to 50 tracks in one request; undefined when the profile has no batch read. */
  readTrackDetails(ids: readonly SpotifyTrackId[], signal: AbortSignal): Promise<readonly TrackDetails[] | undefined>;
}

export interface RemotePlaylist {
  readonly id: SpotifyPlaylistId;
  readonly face: PlaylistFace;
  readonly ownerId: string;
  readonly snapshotId: string;
  /** Ordered; null where Spotify shows an item that is gone or local. */
  readonly uris: readonly (string | null)[];
}

export interface RemotePlaylistSummary {
  readonly id: SpotifyPlaylistId;
  readonly name: string;
  readonly description: string | null;
  readonly ownerId: string;
}

/** An account's playlists. Every method takes a live access token; none retries a write by itself. */
export interface PlaylistHost {
  /** Owned playlists, all pages. */
  listOwnPlaylists(access: AccountAccess, ownerId: string, signal: AbortSignal): Promise<readonly RemotePlaylistSummary[]>;
  /** Undefined when Spotify says it is not there. All item pages; one request up to 100 items where the profile embeds them. */
  readPlaylist(access: AccountAccess, id: SpotifyPlaylistId, signal: AbortSignal): Promise<RemotePlaylist | undefined>;
  /** Not idempotent: after an ambiguous failure look for the marker, never send again. */
  createPlaylist(access: AccountAccess, face: PlaylistFace, signal: AbortSignal): Promise<SpotifyPlaylistId>;
  changeDetails(access: AccountAccess, id: SpotifyPlaylistId, face: PlaylistFace, signal: AbortSignal): Promise<void>;
  /** At most 100 URIs; replaces all items. */
  replaceItems(access: AccountAccess, id: SpotifyPlaylistId, uris: readonly string[], signal: AbortSignal): Promise<{ snapshotId: string }>;
  /** At most 100 URIs, inserted before the 0-based position. Not idempotent. */
  addItems(
    access: AccountAccess,
    id: SpotifyPlaylistId,
    items: { uris: readonly string[]; position: number },
    signal: AbortSignal,
  ): Promise<{ snapshotId: string }>;
  /** Takes the playlist off the account's list, which is what Spotify calls deleting it. Doing it twice does nothing twice. */
  unfollowPlaylist(access: AccountAccess, id: SpotifyPlaylistId, signal: AbortSignal): Promise<void>;
}

export interface TokenGrant {
  readonly accessToken: string;
  /** Absent when the vendor keeps the old one. */
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
  /** Client id of the app: a token is good with the one that its owner agreed to, and with no other. */
  readonly app: string;
  /** True where the app proves itself with a secret: then a service account needs no PKCE, and its refresh tokens do not rotate. */
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

/** One link of the audio-feature chain. Tracks it does not know are simply absent from its answer. */
export interface AudioFeatureSource {
  readonly provenance: Provenance;
  readonly batchSize: number;
  /** Undefined when this source is closed to us (not a failure: the chain goes on). */
  readFeatures(ids: readonly SpotifyTrackId[], signal: AbortSignal): Promise<readonly FeatureReading[] | undefined>;
}

/** One link of the genre chain, asked by ISRC: the key that our own data carries. */
export interface GenreSource {
  readonly provenance: Provenance;
  /** Lower-case genres, best first; empty when known to have none; undefined when the source does not know the ISRC. */
  readGenres(isrc: string, signal: AbortSignal): Promise<readonly string[] | undefined>;
}

/** A shared request budget. `take` waits until the next request conforms; across processes, because it counts in Postgres. */
export interface RequestBudget {
  take(signal: AbortSignal): Promise<void>;
  /** The vendor said stop: nobody asks for so many milliseconds from now on. `accountId` where the request was made for one. */
  block(forMs: number, why: string, accountId?: AccountId): Promise<void>;
}

/** A live access token; with `budget`, its requests are charged to the account as well as to the app. */
export type AccountAccess = string | { readonly token: string; readonly budget: RequestBudget };

/** What a breaker says to a request: go; go, and you alone are the one that tries whether the vendor is back; or not before `until`. */
export type BreakerGate = { readonly kind: 'closed' } | { readonly kind: 'probe'; readonly probe: BreakerProbe } | ShutGate;

/** Nobody asks before `until`. */
export interface ShutGate {
  readonly kind: 'open';
  readonly until: Date;
  readonly why: string;
}

/** The right to be the one request that tries. Whoever waits too long for its turn may lose it to another. */
export interface BreakerProbe {
  /** Right before it is sent: keeps the right for as long as a request lasts; or says when to come again, if another has it or it is not needed any more. */
  keep(): Promise<ShutGate | undefined>;
  /** It ended without learning anything: another request may try. Does nothing when another has the right already. */
  release(): Promise<void>;
}

/** A breaker's memory, shared by every process of the house and kept across restarts. */
export interface BreakerMemory {
  /** At most one caller in the whole house is told `probe`; it must keep the probe before it sends, and then call `opened`, `closed` or the probe's `release`. */
  ask(): Promise<BreakerGate>;
  /** Requests that were sent again since the vendor last answered, whosever, as far as this process knows without asking; infinite while it is shut. */
  repeats(): number;
  /** Counts one more; false, and not counted, when that would be more than `max` in the whole house, or when the breaker is shut. */
  repeated(max: number): Promise<boolean>;
  /** One more call in a row failed; the `limit`th shuts the breaker for so many milliseconds. True when it is shut now. */
  failed(failure: { readonly why: string; readonly limit: number; readonly forMs: number }): Promise<boolean>;
  /** The vendor answered: the count begins anew. Costs nothing where nothing was counted. */
  answered(): Promise<void>;
  /** Nobody asks for so many milliseconds from now on. */
  opened(forMs: number, why: string, failures: number): Promise<void>;
  /** The vendor is back. */
  closed(): Promise<void>;
}

/** What the house knows of a vendor that it asks, for the screen that shows how it is treated. */
export interface VendorFacts {
  readonly vendor: string;
  readonly name: string;
  /** Names its request budget. */
  readonly bucket: string;
  /** Null when only the vendor's own answers set the pace. */
  readonly requestsPerMinute: number | null;
  readonly breakers: readonly { readonly key: string; readonly name: string; readonly isQuota: boolean }[];
  readonly keepsAnswers: boolean;
}

/** Answers of vendors that are kept for a while, shared by every process. */
export interface ProviderCache {
  /** What is kept of `keys`, counted as hits where it is fresh and as misses where it is not there or too old. */
  find(provider: Provenance, keys: readonly string[]): Promise<ReadonlyMap<string, KeptAnswer>>;
  keep(provider: Provenance, answers: readonly { readonly key: string; readonly body: object; readonly goodForMs: number }[]): Promise<void>;
}

export interface KeptAnswer {
  readonly body: unknown;
  /** False when it is past its time: good enough only while the vendor cannot be asked. */
  readonly isFresh: boolean;
}
