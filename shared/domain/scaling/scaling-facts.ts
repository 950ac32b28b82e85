import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import type { ScalingPlaylist, ScalingPolicy } from './scaling-lists.ts';

export interface ScalingAccount {
  readonly id: string;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly maxPlaylists: number;
  /** Whole days until its authorisation ends; negative when it has. */
  readonly daysLeft: number;
  /** Whole days since it has its status; null when that is not known. */
  readonly statusDays: number | null;
  readonly isDisconnected: boolean;
}

export interface ScalingReplica {
  readonly id: string;
  readonly playlistId: string;
  readonly accountId: string;
  /** Its list stands on Spotify. */
  readonly isLive: boolean;
  /** It has a successor and goes when that one stands. */
  readonly isLeaving: boolean;
}

/** Everything a scaling plan is decided from; nothing of it is looked up on the way. */
export interface ScalingFacts {
  readonly day: string;
  readonly settings: NetworkSettings['scaling'];
  /** Names what was counted in the catalogue, for plans made of it. */
  readonly countKey: string;
  /** Recordings that the catalogue has. */
  readonly catalogue: number;
  /** Recordings that some policy in use admits and does not ban (T); the whole catalogue while no list is active. */
  readonly recordings: number;
  readonly policies: readonly ScalingPolicy[];
  /** Active playlists by number. */
  readonly playlists: readonly ScalingPlaylist[];
  /** Themes of all playlists there ever were. */
  readonly themes: readonly string[];
  readonly accounts: readonly ScalingAccount[];
  /** Replicas of active playlists that are not retired. */
  readonly replicas: readonly ScalingReplica[];
  digest(text: string): string;
}
