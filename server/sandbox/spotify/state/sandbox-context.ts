import type { CapabilityProfile } from '#shared/vocabulary.ts';
import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import type { FaultQueue } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import type { RequestLimits } from '../control/request-limits.ts';
import type { ChangedEntry, SandboxState } from './state.ts';

/** The registered app. Without one, any client id and secret are accepted. */
export interface RegisteredClient {
  /** Absent: any client id is accepted. */
  readonly id?: string;
  readonly secret?: string;
  /** Exact, except that a loopback address registered without a port matches any port. */
  readonly redirectUris?: readonly string[];
}

/** Simulated problems of an album. */
export type AlbumCondition = 'gone' | 'region_blocked' | 'empty';

/** Behavior that tests and demos change while the sandbox runs. */
export interface Switches {
  /** Refresh tokens of public clients are single-use. */
  rotation: boolean;
  /** When false, the app's owner has no Premium and every request is rejected. */
  ownerHasPremium: boolean;
  /** A new playlist appears in `/me/playlists` after this many milliseconds. */
  listLagMs: number;
  /** An uploaded cover appears after this many milliseconds. */
  coverDelayMs: number;
}

/** Everything that a request handler can access. */
export interface SandboxContext {
  readonly catalog: SandboxCatalog;
  readonly profile: CapabilityProfile;
  readonly state: SandboxState;
  readonly switches: Switches;
  readonly client: RegisteredClient | undefined;
  readonly albumConditions: Map<string, AlbumCondition>;
  readonly faults: FaultQueue;
  readonly limits: RequestLimits;
  readonly log: RequestLog;
  /** Milliseconds since the epoch, by the sandbox's own clock. */
  now(): number;
  /** Origin of this server, without a trailing slash; known once it listens. */
  origin(): string;
  /** Stores these changed entries, or the whole state when none are given. */
  persist(...changed: readonly ChangedEntry[]): void;
}
