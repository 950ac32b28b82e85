import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';
import type { ScalingPlaylist, ScalingPolicy } from './scaling-lists.ts';

export interface ScalingReplica {
  readonly id: string;
  readonly playlistId: string;
  readonly accountId: string;
  /** Its playlist exists on Spotify. */
  readonly isLive: boolean;
  /** It has a replacement and is removed once that one is on Spotify. */
  readonly isLeaving: boolean;
}

/** The complete input of a scaling plan. */
export interface ScalingFacts {
  readonly day: string;
  readonly settings: NetworkSettings['scaling'];
  /** Identifies the catalog count that the plan is based on. */
  readonly countKey: string;
  /** Number of recordings in the catalog. */
  readonly catalogSize: number;
  /** Number of recordings that an active policy admits and does not ban (T); the whole catalog while no playlist is active. */
  readonly recordings: number;
  readonly policies: readonly ScalingPolicy[];
  /** Active playlists by number. */
  readonly playlists: readonly ScalingPlaylist[];
  /** Themes of all playlists, past ones included. */
  readonly themes: readonly string[];
  readonly accounts: readonly HostingAccount[];
  /** Replicas of active playlists that are not retired. */
  readonly replicas: readonly ScalingReplica[];
  digest(text: string): string;
}
