import type { Deps } from '#server/deps.ts';
import { listHomePicks } from '#server/repos/discovery/home-picks.ts';
import { listSaved } from '#server/repos/discovery/saved-playlists.ts';
import type { HomeView } from '#shared/contracts/discovery/home.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { Listener } from '../saved/own-saved.ts';
import { savedCards } from '../saved/saved-cards.ts';

const TASTE_DAYS = 28;
const SHOWN_MAX = 6;
const BY_TASTE = `Playlists with the most tracks by artists of the playlists that you changed in the last ${TASTE_DAYS} days.`;
const BY_NEWS = `Playlists with the most new tracks. Save playlists of your own, and those with your artists come first.`;

/** What a listener's front page shows: playlists of the network by a stated rule, their own playlists, and drafts to continue. */
export async function viewHome(deps: Pick<Deps, 'db' | 'now' | 'settings'>, { userId }: Listener): Promise<HomeView> {
  const now = deps.now();
  const since = new Date(now.getTime() - TASTE_DAYS * DAY_MS);
  const rows = await listHomePicks(deps.db, { userId, since, day: dayOf(now), limit: SHOWN_MAX });
  const isByTaste = rows.some(({ shared }) => shared > 0);
  const saved = await listSaved(deps.db, { userId, state: 'saved', limit: SHOWN_MAX });
  const drafts = await listSaved(deps.db, { userId, state: 'draft', limit: SHOWN_MAX });
  return {
    picks: {
      rule: isByTaste ? BY_TASTE : BY_NEWS,
      playlists: rows.map(({ index, themeTag, tracks, shared, fresh, spotifyPlaylistId }) => ({
        index,
        themeTag,
        tracks,
        says: shared > 0 ? `${shared} of ${tracks} tracks are by artists of your playlists.` : `${fresh} of ${tracks} tracks are new in this list.`,
        url: spotifyPlaylistId === null ? null : `${deps.settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}`,
      })),
    },
    saved: savedCards(deps, saved),
    drafts: savedCards(deps, drafts),
  };
}
