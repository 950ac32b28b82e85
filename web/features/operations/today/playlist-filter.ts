import type { PlaylistAdminRow } from '#shared/contracts/playlists/playlist-views.ts';
import { matchesSearch } from '#web/lib/search-match.ts';
import { padIndex } from '#web/lib/words.ts';

/** The states an operator can filter playlists by: `unfilled` has no list today, `unwritten` does not show today's list on Spotify yet. */
export const PLAYLIST_FILTERS = ['unfilled', 'unwritten'] as const;
export type PlaylistFilterName = (typeof PLAYLIST_FILTERS)[number];

const MATCHES: Readonly<Record<PlaylistFilterName, (row: PlaylistAdminRow, today: string) => boolean>> = {
  unfilled: (row) => row.status === 'active' && row.today !== 'published',
  unwritten: (row, today) => row.status === 'active' && row.lastSyncedDay !== today,
};

interface PlaylistFilter {
  readonly find: string;
  readonly only: PlaylistFilterName | undefined;
  /** Today's date in UTC, YYYY-MM-DD. */
  readonly today: string;
}

/** The playlists that match a search text and a state. */
export function filterPlaylists(rows: readonly PlaylistAdminRow[], { find, only, today }: PlaylistFilter): PlaylistAdminRow[] {
  return rows.filter(
    (row) =>
      (only === undefined || MATCHES[only](row, today)) && matchesSearch(find, [padIndex(row.index), row.themeTag, row.policyName, row.account]),
  );
}
