/** A day to be looked at and planned, on whose behalf, and whether playlists that vanished may be planned anew. */
export interface DayRequest {
  readonly day: string;
  readonly signal: AbortSignal;
  readonly plannedBy: string;
  readonly mayRecreate: boolean;
  readonly playlistIndex?: number | undefined;
}
