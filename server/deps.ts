import type {
  AccountsService,
  AudioFeatureSource,
  GenreSource,
  MusicCatalogue,
  PlaylistHost,
  RequestBudget,
  VendorFacts,
} from '#server/providers/ports.ts';
import type { Database } from '#server/repos/database.ts';
import type { AccountId } from '#shared/ids.ts';
import type { Pool } from 'pg';
import type { Sql } from 'postgres';

export interface Log {
  debug(message: string, context?: Record<string, unknown>): void;
  info(message: string, context?: Record<string, unknown>): void;
  warn(message: string, context?: Record<string, unknown>): void;
  error(message: string, context?: Record<string, unknown>): void;
}

/** Encrypts what must not be readable in a dump. `owner` binds the ciphertext to its place: moved elsewhere it does not open. */
export interface Sealer {
  seal(plain: string, owner: string): string;
  open(sealed: string, owner: string): string;
  /** Names of the keys of the ring; the first one seals. */
  readonly keyIds: readonly string[];
}

/** Settings that use-cases may know. Secrets are not among them, only their digests. */
export interface Settings {
  /** Origin that browsers see, without a trailing slash. */
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly sandbox: boolean;
  readonly adminKeySha256: string | undefined;
  readonly playlistNameTemplate: string;
  readonly spotifyRedirectUri: string;
  /** Web address of a Spotify thing for people to click. */
  readonly spotifyWebUrl: string;
  readonly ingestConcurrency: number;
  /** How long an unanswered create may still surface at Spotify before we look for it. */
  readonly settleMs: number;
}

/** Everything a use-case may need; each names its own part with `Pick`. */
export interface Deps {
  readonly db: Database;
  /** For what needs a session of its own: advisory locks, the worker. */
  readonly pool: Pool;
  /** For LISTEN, COPY and streaming only; never for a transaction (README, decision 3). */
  readonly stream: Sql;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  /** One a process: names its database sessions, so that those of a worker that is given up can be ended. */
  readonly bootId: string;
  /** At least 128 bits of randomness, base64url. */
  readonly newSecret: () => string;
  readonly settings: Settings;
  readonly sealer: Sealer;
  readonly catalogue: MusicCatalogue;
  readonly playlistHost: PlaylistHost;
  /** The request budget of one account, which takes the app's along; goes with its token to the playlist host. */
  readonly accountBudget: (id: AccountId) => RequestBudget;
  readonly spotifyAccounts: AccountsService;
  readonly featureSources: readonly AudioFeatureSource[];
  readonly genreSources: readonly GenreSource[];
  /** The vendors that are asked, and how each is treated. */
  readonly vendors: readonly VendorFacts[];
  /** A named place where tests may kill the process; does nothing in production. */
  readonly faultPoint: (name: string) => void;
  close(): Promise<void>;
}
