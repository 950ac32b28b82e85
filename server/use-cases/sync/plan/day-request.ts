/** A day to plan: who asked, and whether playlists deleted on Spotify may be created again. */
export interface SyncDayRequest {
  readonly day: string;
  readonly signal: AbortSignal;
  readonly plannedBy: string;
  readonly mayRecreate: boolean;
  readonly playlistIndex?: number | undefined;
}
