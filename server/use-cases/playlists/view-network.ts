import type { Deps } from '#server/deps.ts';
import { countCatalog } from '#server/repos/catalog/catalog-counts.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listSnapshotsOfDays } from '#server/repos/playlists/network-views.ts';
import { countRepeatsShownAgain } from '#server/repos/playlists/shown-again.ts';
import { listPlaylistCovers } from '#server/repos/sync/playlist-covers.ts';
import { listRestRules } from '#server/repos/curation/playlists.ts';
import type { NetworkView, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { dayOf } from '#shared/domain/days.ts';
import { getCachedProof } from './cached-proof.ts';
import { getLatestSnapshots } from './cached-snapshots.ts';
import { toCard } from './playlist-card.ts';
import { readShown } from './read-shown.ts';

/**
 * The network overview: every active playlist with what Spotify shows of it, and the repeats in the ledger as counted at `provedAt`. Earlier lists that
 * were shown again count as repeats, too.
 */
export async function viewNetwork(deps: Pick<Deps, 'db' | 'pool' | 'now' | 'settings' | 'caches'>): Promise<NetworkView> {
  const today = dayOf(deps.now());
  const playlists = await listRestRules(deps.db);
  const windowDays = Math.max(1, ...playlists.map((playlist) => playlist.policy.rest.days));
  const [latest, { checks, beginnings, provedAt }, statuses, counts, shownDays, again, covers] = await Promise.all([
    getLatestSnapshots(deps, today),
    getCachedProof(deps, { today, days: windowDays }),
    listSnapshotStatuses(deps.db, today),
    countCatalog(deps.db),
    readShown(deps, { days: [today] }),
    countRepeatsShownAgain(deps.db, { after: addDays(today, -windowDays), upTo: today }),
    listPlaylistCovers(deps.db),
  ]);
  const shownOf = shownDays.get(today);
  const latestOf = new Map(latest.map((row) => [row.playlistId, row]));
  const others = playlists.flatMap(({ id }) => {
    const shown = shownOf?.get(id);
    const isOther = shown?.status === 'shown' && shown.listDay !== null && shown.listDay !== latestOf.get(id)?.day;
    return isOther ? [{ playlistId: id, day: shown.listDay }] : [];
  });
  const listOf = new Map([...latestOf, ...(await listSnapshotsOfDays(deps.db, others)).map((row) => [row.playlistId, row] as const)]);
  const coverOf = new Map(covers.map((row) => [row.playlistId, row]));
  const checkOf = new Map(checks.map((row) => [row.playlistId, row]));
  const cards = playlists.map((playlist): PlaylistCard => {
    const shown = shownOf?.get(playlist.id);
    const since = beginnings.get(restScopeKey(playlist.policy, { playlistId: playlist.id, policyFamilyId: playlist.policyFamilyId }));
    const ofShown = again.find(({ playlistId, day }) => playlistId === playlist.id && shown?.rollback && day === shown.day);
    return toCard(playlist, {
      today,
      list: listOf.get(playlist.id),
      shown,
      repeats: (checkOf.get(playlist.id)?.repeats ?? 0) + (ofShown?.repeats ?? 0),
      daysOnRecord: since === undefined ? 0 : dayNumber(today) - dayNumber(since) + 1,
      todayStatus: statuses.get(playlist.id),
      cover: coverOf.get(playlist.id),
    });
  });
  const shownAgain = playlists.flatMap((playlist) =>
    again
      .filter(
        ({ playlistId, day, repeats }) => playlistId === playlist.id && repeats > 0 && day > addDays(today, -Math.max(1, playlist.policy.rest.days)),
      )
      .map(({ day, repeats }) => ({ index: playlist.globalIndex, themeTag: playlist.themeTag, day, repeats })),
  );
  const began = [...beginnings.values()].toSorted()[0];
  return {
    today,
    sandbox: deps.settings.sandbox,
    recordings: counts.recordings,
    placedToday: sum(cards.map((card) => (card.day === today ? card.size : 0))),
    repeats: sum(checks.map(({ repeats }) => repeats)) + sum(shownAgain.map(({ repeats }) => repeats)),
    shownAgain: shownAgain.toSorted((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : one.index - other.index)),
    placementsChecked: sum(checks.map(({ checked }) => checked)),
    daysOnRecord: began === undefined ? 0 : dayNumber(today) - dayNumber(began) + 1,
    provedAt: provedAt.toISOString(),
    playlists: cards,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
