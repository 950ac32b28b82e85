import type { PlaylistAdminRow } from '#shared/contracts/views.ts';
import { isFoundIn } from '#web/lib/found-in.ts';
import { ordinal } from '#web/lib/words.ts';

/** What of the playlists an operator looks for: those without today's list, and those of which Spotify does not show it yet. */
export const PLAYLIST_CHOICES = ['unfilled', 'unwritten'] as const;
export type PlaylistChoice = (typeof PLAYLIST_CHOICES)[number];

const HOLDS: Readonly<Record<PlaylistChoice, (row: PlaylistAdminRow, today: string) => boolean>> = {
  unfilled: (row) => row.status === 'active' && row.today !== 'published',
  unwritten: (row, today) => row.status === 'active' && row.lastSyncedDay !== today,
};

interface PlaylistFilter {
  readonly find: string;
  readonly only: PlaylistChoice | undefined;
  /** The present day in UTC. */
  readonly today: string;
}

/** The playlists that are left when a word and a state narrow them. */
export function narrowPlaylists(rows: readonly PlaylistAdminRow[], { find, only, today }: PlaylistFilter): PlaylistAdminRow[] {
  return rows.filter(
    (row) => (only === undefined || HOLDS[only](row, today)) && isFoundIn(find, [ordinal(row.index), row.themeTag, row.policyName, row.account]),
  );
}
