import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import type { ScalingPlaylist, ScalingPolicy } from './scaling-lists.ts';

export interface ScalingAccount {
  readonly id: string;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly maxPlaylists: number;
  /** Whole days until its authorization expires; negative when it has expired. */
  readonly daysLeft: number;
  /** Whole days since its status changed; null when unknown. */
  readonly statusDays: number | null;
  readonly isDisconnected: boolean;
}

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
  readonly accounts: readonly ScalingAccount[];
  /** Replicas of active playlists that are not retired. */
  readonly replicas: readonly ScalingReplica[];
  digest(text: string): string;
}
