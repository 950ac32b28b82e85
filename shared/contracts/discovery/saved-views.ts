import type { SavedPlaylistId } from '#shared/ids.ts';
import type { SavedCriteria, SavedState, SavedTrackInput, VersionKind } from './saved-playlists.ts';

/** Why a track is in a saved playlist. `facts` are as its matcher or its rules gave them. */
export interface SavedReason {
  readonly kind: SavedTrackInput['reason']['kind'];
  readonly why: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A track as stored: with its names of that time, so that it can be named when the catalog has lost it. */
export interface SavedTrack {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly isPinned: boolean;
  readonly reason: SavedReason;
}

/** What a saved playlist shows in a list of them. Stored with it. */
export interface SavedSummary {
  readonly tracks: number;
  readonly durationMs: number;
  readonly first: readonly { readonly title: string; readonly artists: readonly string[] }[];
  readonly criteria: { readonly kind: SavedCriteria['kind']; readonly says: string };
}

interface SavedHead {
  readonly id: SavedPlaylistId;
  readonly name: string;
  readonly description: string;
  readonly state: SavedState;
  readonly revision: number;
  readonly version: number;
  readonly createdAt: string;
  readonly changedAt: string;
  /** The playlist on Spotify and the version that it shows; null while it is not there. */
  readonly spotify: { readonly url: string; readonly exportedAt: string; readonly version: number } | null;
}

export interface SavedPlaylistCard extends SavedHead, SavedSummary {}

export interface SavedPlaylistsView {
  /** The latest changed first. */
  readonly playlists: readonly SavedPlaylistCard[];
  /** Deleted ones that can still be restored. */
  readonly removed: readonly RemovedPlaylistView[];
}

export interface RemovedPlaylistView {
  readonly id: SavedPlaylistId;
  readonly name: string;
  readonly removedAt: string;
  /** Until when it can be restored. */
  readonly undoUntil: string;
}

export interface SavedTrackView extends SavedTrack {
  readonly position: number;
  readonly album: string;
  readonly durationMs: number;
  readonly year: number | null;
  readonly explicit: boolean | null;
  readonly isDisliked: boolean;
  readonly spotifyTrackId: string | null;
  /** False when the catalog no longer has it. */
  readonly inCatalog: boolean;
}

export interface SavedPlaylistView extends SavedHead {
  readonly criteria: SavedCriteria;
  readonly criteriaSays: string;
  readonly repeatDays: number;
  readonly seed: string;
  readonly durationMs: number;
  /** False for an older version. */
  readonly isCurrent: boolean;
  readonly tracks: readonly SavedTrackView[];
  /** What a person should know about how this version was made. */
  readonly notes: readonly string[];
}

export interface SavedVersionView {
  readonly version: number;
  readonly how: VersionKind;
  readonly says: string;
  readonly tracks: number;
  readonly seed: string;
  readonly createdAt: string;
  readonly isCurrent: boolean;
  readonly isOnSpotify: boolean;
}
