import type { CapabilityProfile } from '#shared/vocabulary.ts';
import type { SandboxCatalogue } from '#server/sandbox/catalog/catalog.ts';
import type { FaultBook } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import type { RequestLimits } from '../control/request-limits.ts';
import type { Changed, SandboxState } from './state.ts';

/** The app registration that the sandbox knows. Without one, any client id is accepted with any secret. */
export interface RegisteredClient {
  readonly id: string;
  readonly secret?: string;
  /** Exact, except that a loopback address registered without a port matches any port. */
  readonly redirectUris?: readonly string[];
}

/** Ways in which an album can be a bad one. */
export type AlbumCondition = 'gone' | 'region_blocked' | 'empty';

/** Behaviour that tests and demos switch while the sandbox runs. */
export interface Switches {
  /** Refresh tokens of public clients are good once. */
  rotation: boolean;
  /** The app's owner has no Premium: everything is refused. */
  ownerHasPremium: boolean;
  /** A new playlist appears in `/me/playlists` after this many milliseconds. */
  listLagMs: number;
  /** An uploaded cover appears after this many milliseconds. */
  coverDelayMs: number;
}

/** All that a handler may see and touch. */
export interface World {
  readonly catalogue: SandboxCatalogue;
  readonly profile: CapabilityProfile;
  readonly state: SandboxState;
  readonly switches: Switches;
  readonly client: RegisteredClient | undefined;
  readonly albumConditions: Map<string, AlbumCondition>;
  readonly faults: FaultBook;
  readonly limits: RequestLimits;
  readonly log: RequestLog;
  /** Milliseconds since the epoch, by the sandbox's own clock. */
  now(): number;
  /** Origin of this server, without a trailing slash; known once it listens. */
  origin(): string;
  /** These entries of the state changed and want to be kept; without any named, everything did. */
  touch(...changed: readonly Changed[]): void;
}
