import type { Deps } from '#server/deps.ts';
import { countCatalog } from '#server/repos/catalog/catalog-counts.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listLatestSnapshots } from '#server/repos/playlists/network-views.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { NetworkView, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { getCachedProof } from './cached-proof.ts';
import { toCard } from './playlist-card.ts';

/** The network overview: every active playlist with the freshness of its list, and the repeats in the ledger as counted at `provedAt`. */
export async function viewNetwork(deps: Pick<Deps, 'db' | 'now' | 'settings' | 'caches'>): Promise<NetworkView> {
  const now = deps.now();
  const today = dayOf(now);
  const playlists = await listPlaylists(deps.db, { status: 'active' });
  const longestRestDays = Math.max(0, ...playlists.map((playlist) => playlist.policy.rest.days));
  const [latest, { checks, provedAt }, statuses, counts] = await Promise.all([
    listLatestSnapshots(deps.db, today),
    getCachedProof(deps, { today, days: Math.max(1, longestRestDays) }),
    listSnapshotStatuses(deps.db, today),
    countCatalog(deps.db),
  ]);
  const latestOf = new Map(latest.map((row) => [row.playlistId, row]));
  const checkOf = new Map(checks.map((row) => [row.playlistId, row]));
  const cards = playlists.map((playlist): PlaylistCard =>
    toCard(playlist, {
      today,
      latest: latestOf.get(playlist.id),
      repeats: checkOf.get(playlist.id)?.repeats ?? 0,
      todayStatus: statuses.get(playlist.id),
    }),
  );
  return {
    today,
    sandbox: deps.settings.sandbox,
    recordings: counts.recordings,
    placedToday: cards.reduce((sum, card) => sum + (card.day === today ? card.size : 0), 0),
    repeats: checks.reduce((sum, check) => sum + check.repeats, 0),
    placementsChecked: checks.reduce((sum, check) => sum + check.checked, 0),
    longestRestDays,
    provedAt: provedAt.toISOString(),
    playlists: cards,
  };
}
