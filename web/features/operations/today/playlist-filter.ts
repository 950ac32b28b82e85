import type { PlaylistAdminRow } from '#shared/contracts/views.ts';
import { isFoundIn } from '#web/lib/found-in.ts';
import { ordinal } from '#web/lib/words.ts';

/** The states an operator can filter playlists by: `unfilled` has no list today, `unwritten` does not show today's list on Spotify yet. */
export const PLAYLIST_CHOICES = ['unfilled', 'unwritten'] as const;
export type PlaylistChoice = (typeof PLAYLIST_CHOICES)[number];

const MATCHES: Readonly<Record<PlaylistChoice, (row: PlaylistAdminRow, today: string) => boolean>> = {
  unfilled: (row) => row.status === 'active' && row.today !== 'published',
  unwritten: (row, today) => row.status === 'active' && row.lastSyncedDay !== today,
};

interface PlaylistFilter {
  readonly find: string;
  readonly only: PlaylistChoice | undefined;
  /** Today's date in UTC, YYYY-MM-DD. */
  readonly today: string;
}

/** The playlists that match a search text and a state. */
export function narrowPlaylists(rows: readonly PlaylistAdminRow[], { find, only, today }: PlaylistFilter): PlaylistAdminRow[] {
  return rows.filter(
    (row) => (only === undefined || MATCHES[only](row, today)) && isFoundIn(find, [ordinal(row.index), row.themeTag, row.policyName, row.account]),
  );
}
