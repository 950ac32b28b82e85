import type { PlaylistCoverView } from '#shared/contracts/playlists/playlist-cover.ts';
import { playlistIndexInput } from '#shared/input-types.ts';
import { z } from 'zod';

export const networkCoverInput = z.strictObject({ index: playlistIndexInput });
export type NetworkCoverInput = z.infer<typeof networkCoverInput>;

/** A playlist's cover, for the operator. */
export interface NetworkCoverView {
  readonly index: number;
  readonly themeTag: string;
  readonly cover: PlaylistCoverView | null;
  /** True when the cover before is kept. */
  readonly canRestore: boolean;
  readonly changedAt: string | null;
  /**
   * Where it is. `waiting`: the next sync uploads it. `sent`: Spotify took it and did not show it yet. `kept`: Spotify shows a picture that somebody chose
   * there, which stays until it is released. `not_allowed`: the account did not allow image uploads.
   */
  readonly copies: readonly { readonly account: string; readonly state: 'waiting' | 'sent' | 'shown' | 'kept' | 'not_allowed' }[];
}
