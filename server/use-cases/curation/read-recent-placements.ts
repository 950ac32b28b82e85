import type { Deps } from '#server/deps.ts';
import {
  listClaimsSince,
  listEarlierRecordings,
  listLaterUses,
  listLatestPlacements,
  listPreviousEntries,
} from '#server/repos/curation/recent-placements.ts';
import type { PreviousEntryRow } from '#server/repos/curation/recent-placements.ts';
import { dayNumber, dayText } from '#shared/domain/calendar.ts';
import { EARLIER_DAYS_MAX, RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import type { ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';

/** Reads from the ledger what curating the lists on a day needs: placements in their repeat scopes, previous lists, and claims in exclusivity groups. */
export async function readRecentPlacements(
  deps: Pick<Deps, 'db'>,
  loaded: LoadedCatalog,
  { day, lists }: { day: string; lists: readonly Pick<ListOfDay, 'id' | 'policy' | 'policyFamilyId'>[] },
): Promise<RepeatIndex> {
  const ledger = new RepeatIndex();
  const rowOf = (recordingId: number) => loaded.rowOf[recordingId] ?? -1;
  const scopes = new Set(lists.map(({ id, policy, policyFamilyId }) => restScopeKey(policy, { playlistId: id, policyFamilyId })));
  for (const scope of scopes) {
    const stays = await listLatestPlacements(deps.db, scope, day);
    stays.recordingIds.forEach((id, i) => {
      ledger.addStay(scope, { row: rowOf(id), lastDay: stays.lastDays[i] ?? 0, restsUntil: stays.restsUntil[i] ?? 0 });
    });
  }
  for (const use of await listLaterUses(deps.db, day)) ledger.addLaterUse(use.restScope, rowOf(use.recordingId), use.firstDay);
  const previousEntries = byPlaylist(await listPreviousEntries(deps.db, day));
  for (const [id, entries] of previousEntries) addPrevious(ledger, id, { entries, rowOf });
  // Only version 2 looks at more than the previous list.
  if (lists.some(({ policy }) => policy.version === 2)) {
    for (const { playlistId, day: shownOn, recordingIds } of await listEarlierRecordings(deps.db, { day, days: EARLIER_DAYS_MAX }))
      ledger.addEarlier(playlistId, { day: shownOn, rows: recordingIds.map(rowOf) });
  }
  const earliest = Math.min(dayNumber(day), ...[...previousEntries.values()].map(([entry]) => entry?.day ?? dayNumber(day)));
  for (const claim of await listClaimsSince(deps.db, dayText(earliest))) {
    const { playlistId: listId, firstDay, lastDay } = claim;
    ledger.claims.add(claim.groupName, rowOf(claim.recordingId), { listId, firstDay, lastDay });
  }
  return ledger;
}

function addPrevious(
  ledger: RepeatIndex,
  id: string,
  { entries, rowOf }: { entries: readonly PreviousEntryRow[]; rowOf: (recordingId: number) => number },
): void {
  const [first] = entries;
  if (!first) return;
  const { day, policyId, restScope } = first;
  // After a merge a list may have one recording twice: the stay under its own id goes on, the other one is as of a recording that left the catalog.
  const going = new Map<number, PreviousEntryRow>();
  for (const entry of entries) if (!going.has(entry.countsAs) || entry.countsAs === entry.recordingId) going.set(entry.countsAs, entry);
  const rowOfStay = (entry: PreviousEntryRow) => (going.get(entry.countsAs) === entry ? rowOf(entry.countsAs) : -1);
  ledger.setPrevious(id, { day, policyId, restScope, entries: entries.map((entry) => ({ ...runningStay(entry), row: rowOfStay(entry) })) });
}

function runningStay({ recordingId, firstDay, restDays, isOpen }: PreviousEntryRow) {
  return { recordingId, firstDay, restDays, isOpen };
}

function byPlaylist(rows: readonly PreviousEntryRow[]): Map<string, PreviousEntryRow[]> {
  const lists = new Map<string, PreviousEntryRow[]>();
  for (const row of rows) {
    const entries = lists.get(row.playlistId);
    if (entries) entries.push(row);
    else lists.set(row.playlistId, [row]);
  }
  return lists;
}
