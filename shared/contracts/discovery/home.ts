import type { SavedPlaylistCard } from './saved-views.ts';

/** A playlist of the network that goes with what a listener keeps. */
interface HomePick {
  readonly index: number;
  readonly themeTag: string;
  /** Why it is here: a fact with its numbers. */
  readonly says: string;
  readonly tracks: number;
  /** On Spotify; null while it is not there. */
  readonly url: string | null;
}

/** The front page of a listener. */
export interface HomeView {
  /** `rule` says by what the playlists were chosen. */
  readonly picks: { readonly rule: string; readonly playlists: readonly HomePick[] };
  readonly saved: readonly SavedPlaylistCard[];
  readonly drafts: readonly SavedPlaylistCard[];
}
