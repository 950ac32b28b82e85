import type {
  AccountsService,
  AudioFeatureSource,
  GenreSource,
  MusicCatalog,
  PlaylistHost,
  ProviderCache,
  RequestBudget,
  VendorFacts,
} from '#server/providers/ports.ts';
import type { MusicSearch } from '#server/providers/search-ports.ts';
import type { CoverFiles, CoverTypesetter } from '#server/providers/cover-ports.ts';
import type { AssetStore, LoraFiles, PriceList, RenderVendor, TextModel, VideoFiles } from '#server/providers/render-ports.ts';
import type { Database } from '#server/repos/database.ts';
import type { LedgerCheck, LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import type { PromptSource } from '#shared/domain/covers/words/words-request.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import type { AccountId } from '#shared/ids.ts';
import type { StudioVendor } from '#shared/vocabulary.ts';
import type { LRUCache } from 'lru-cache';
import type { LimitFunction } from 'p-limit';
import type { Pool } from 'pg';
import type { Sql } from 'postgres';

export interface Log {
  debug(message: string, context?: Record<string, unknown>): void;
  info(message: string, context?: Record<string, unknown>): void;
  warn(message: string, context?: Record<string, unknown>): void;
  error(message: string, context?: Record<string, unknown>): void;
}

/** Encrypts values that must not be readable in a database dump. `owner` binds the ciphertext to its row: it does not decrypt for another owner. */
export interface Sealer {
  seal(plain: string, owner: string): string;
  open(sealed: string, owner: string): string;
  /** Ids of the keys in the ring; the first one encrypts. */
  readonly keyIds: readonly string[];
}

/** Settings available to use cases. Contains digests of secrets, never the secrets. */
export interface Settings {
  /** Origin that browsers see, without a trailing slash. */
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  /** Host names, in addition to the one of `publicUrl` and the loopback names, under which this server may be requested. */
  readonly allowedHosts: readonly string[];
  readonly sandbox: boolean;
  readonly adminKeyDigests: readonly string[];
  readonly playlistNameTemplate: string;
  readonly spotifyRedirectUri: string;
  /** Base URL of the links to Spotify that people click, without a trailing slash. */
  readonly spotifyWebUrl: string;
  /** What a text model may read: `derived` is numbers, genres and the person’s own words; `all` adds names from Spotify. */
  readonly promptSource: PromptSource;
  readonly ingestConcurrency: number;
  /** How long to wait before searching Spotify for a playlist whose creation was never confirmed. */
  readonly settleMs: number;
}

/** A cached value that was costly to read. */
export interface CachedReading<T> {
  readonly value: T;
  /** The version of the data that it was read from. */
  readonly version: string;
  /** Until when it is used even if the data changed, in `performance.now()` milliseconds. */
  readonly validUntil: number;
}

/** The repeats in the whole ledger. */
export interface LedgerProof {
  readonly checks: readonly LedgerCheck[];
  /** The first day on record of each repeat scope. */
  readonly beginnings: ReadonlyMap<string, string>;
  /** When the count started. */
  readonly provedAt: Date;
}

/** Checks of policies that run once for all callers with the same question, and their results. */
export interface FeasibilityChecks {
  follow(
    key: string,
    options: {
      readonly start: (run: {
        readonly report: (state: FeasibilityCheckView) => void;
        readonly signal: AbortSignal;
      }) => Promise<FeasibilityCheckView>;
      readonly signal?: AbortSignal | undefined;
    },
  ): AsyncGenerator<FeasibilityCheckView, void>;
  close(): void;
}

/** Where a short link leads now: an address of this server, or why nowhere. */
export type ShortLinkAnswer =
  | {
      readonly kind: 'open';
      readonly location: string;
      /** In milliseconds since 1970; null when it does not expire. */ readonly expiresMs: number | null;
    }
  | { readonly kind: 'closed'; readonly because: 'expired' | 'revoked' | 'deleted' | 'private' }
  | { readonly kind: 'unknown' };

/** Where short links lead, and how often they were followed. */
export interface ShortLinks {
  /** What is remembered of a link that works, while the process is told of changes. */
  peek(code: string, nowMs: number): Extract<ShortLinkAnswer, { kind: 'open' }> | undefined;
  /** Reads a link, and remembers it. */
  read(deps: Pick<Deps, 'db' | 'pool' | 'now'>, code: string): Promise<ShortLinkAnswer>;
  countClick(db: Database, code: string): void;
  /** Stores the clicks that are not stored yet, and ends the connection that listens. */
  close(): Promise<void>;
}

/** What one process remembers of what Postgres stores. The use case that reads a cache also creates it. */
export interface Caches {
  readonly catalog: LRUCache<
    'plain' | 'with texts',
    CachedReading<LoadedCatalog>,
    { readonly deps: Pick<Deps, 'db' | 'stream'>; readonly version: string }
  >;
  readonly proof: LRUCache<
    string,
    CachedReading<LedgerProof>,
    { readonly deps: Pick<Deps, 'db' | 'now'>; readonly version: string; readonly span: { readonly today: string; readonly days: number } }
  >;
  /** Published lists by playlist and day, with the version of the catalog and of the row that they were read at. */
  readonly snapshots: LRUCache<string, { readonly version: string; readonly snapshot: LatestSnapshot }>;
  readonly feasibility: FeasibilityChecks;
  /** Runs exact checks of policies one after the other: each takes one core of this machine. */
  readonly feasibilityThreads: LimitFunction;
  readonly pausedTasks: LRUCache<'all', ReadonlySet<JobName>, Database>;
  readonly shortLinks: ShortLinks;
}

/** The database as one role uses it: with its own connections and its own time limits. */
export interface RoleConnections {
  readonly db: Database;
  readonly pool: Pool;
  readonly stream: Sql;
}

/** Every dependency of the use cases. Each use case names what it needs with `Pick`. */
export interface Deps {
  readonly db: Database;
  /** For code that needs its own database session: advisory locks, the worker. */
  readonly pool: Pool;
  /** For LISTEN and streaming only; never for a transaction (decision 3 in .github/docs/decisions.md). */
  readonly stream: Sql;
  /** The connections of the pages. `db`, `pool` and `stream` above are those of jobs, with their long limits. */
  readonly pages: Readonly<Record<'public' | 'operator', RoleConnections>>;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Unique per process. Names its database sessions, so that those of a lost worker can be terminated. */
  readonly bootId: string;
  /** At least 128 bits of randomness, base64url. */
  readonly newSecret: () => string;
  readonly settings: Settings;
  readonly caches: Caches;
  readonly sealer: Sealer;
  /** The 32 bytes of SEGUE_SIGNING_KEY; undefined when the signing key is kept in the database. */
  readonly signingSeed: Uint8Array | undefined;
  readonly catalog: MusicCatalog;
  readonly musicSearch: MusicSearch;
  readonly playlistHost: PlaylistHost;
  /** The request budget of one account; every request also counts against the app's budget. Passed to the playlist host with the account's token. */
  readonly accountBudget: (id: AccountId) => RequestBudget;
  readonly spotifyAccounts: AccountsService;
  /** Vendors' answers that all processes share. */
  readonly providerCache: ProviderCache;
  /** Undefined without a key for a text model. */
  readonly textModel: TextModel | undefined;
  /** Our own image model; it needs no key. */
  readonly localArt: RenderVendor;
  /** The image vendors in use: `local` always, the others with a key, and all of them in the sandbox. */
  /** The vendors that tell their prices. */
  readonly priceLists: Readonly<Partial<Record<StudioVendor, PriceList>>>;
  readonly renderVendors: Readonly<Partial<Record<StudioVendor, RenderVendor>>>;
  /** The registry: forms, validation, requests and prices follow from it. */
  readonly models: readonly Model[];
  readonly assets: AssetStore;
  readonly loraFiles: LoraFiles;
  readonly coverFiles: CoverFiles;
  readonly videoFiles: VideoFiles;
  readonly coverType: CoverTypesetter;
  readonly featureSources: readonly AudioFeatureSource[];
  readonly genreSources: readonly GenreSource[];
  /** The vendors in use, with their limits and breakers. */
  readonly vendors: readonly VendorFacts[];
  /** A named point at which tests can kill the process; does nothing in production. */
  readonly faultPoint: (name: string) => void;
  close(): Promise<void>;
}

/** The same dependencies on the connections of the pages, so that jobs and pages do not wait for each other. */
export function depsOfPages<D extends Pick<Deps, 'pages'>>(deps: D, role: 'public' | 'operator'): D {
  return { ...deps, ...deps.pages[role] };
}
