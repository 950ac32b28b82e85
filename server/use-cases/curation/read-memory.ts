import type { Deps } from '#server/deps.ts';
import { listClaimsSince, listLaterUses, listLatestStays, listPreviousEntries } from '#server/repos/curation/ledger-memory.ts';
import type { PreviousEntryRow } from '#server/repos/curation/ledger-memory.ts';
import { dayNumber, dayText } from '#shared/domain/calendar.ts';
import { LedgerMemory } from '#shared/domain/curation/ledger-memory.ts';
import type { ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import type { LoadedCatalogue } from '#server/use-cases/catalog/load-catalog.ts';

/** What the ledger remembers on a day, as far as the lists ask: their rest scopes, the lists before, and the claims in exclusivity groups. */
export async function readMemory(
  deps: Pick<Deps, 'db'>,
  loaded: LoadedCatalogue,
  { day, lists }: { day: string; lists: readonly Pick<ListOfDay, 'id' | 'policy' | 'policyFamilyId'>[] },
): Promise<LedgerMemory> {
  const memory = new LedgerMemory();
  const rowOf = (recordingId: number) => loaded.rowOf[recordingId] ?? -1;
  const scopes = new Set(lists.map(({ id, policy, policyFamilyId }) => restScopeKey(policy, { playlistId: id, policyFamilyId })));
  for (const scope of scopes) {
    const stays = await listLatestStays(deps.db, scope, day);
    stays.recordingIds.forEach((id, i) => {
      memory.addStay(scope, { row: rowOf(id), lastDay: stays.lastDays[i] ?? 0, restsUntil: stays.restsUntil[i] ?? 0 });
    });
  }
  for (const use of await listLaterUses(deps.db, day)) memory.addLaterUse(use.restScope, rowOf(use.recordingId), use.firstDay);
  const before = byPlaylist(await listPreviousEntries(deps.db, day));
  for (const [id, entries] of before) notePrevious(memory, id, { entries, rowOf });
  const earliest = Math.min(dayNumber(day), ...[...before.values()].map(([entry]) => entry?.day ?? dayNumber(day)));
  for (const claim of await listClaimsSince(deps.db, dayText(earliest))) {
    const { playlistId: listId, firstDay, lastDay } = claim;
    memory.claims.add(claim.groupName, rowOf(claim.recordingId), { listId, firstDay, lastDay });
  }
  return memory;
}

function notePrevious(
  memory: LedgerMemory,
  id: string,
  { entries, rowOf }: { entries: readonly PreviousEntryRow[]; rowOf: (recordingId: number) => number },
): void {
  const [first] = entries;
  if (!first) return;
  const { day, policyId, restScope } = first;
  memory.setPrevious(id, { day, policyId, restScope, entries: entries.map((entry) => ({ ...runningStay(entry), row: rowOf(entry.recordingId) })) });
}

function runningStay({ recordingId, firstDay, restDays, isOpen }: PreviousEntryRow) {
  return { recordingId, firstDay, restDays, isOpen };
}

function byPlaylist(rows: readonly PreviousEntryRow[]): Map<string, PreviousEntryRow[]> {
  const lists = new Map<string, PreviousEntryRow[]>();
  for (const row of rows) {
    const known = lists.get(row.playlistId);
    if (known) known.push(row);
    else lists.set(row.playlistId, [row]);
  }
  return lists;
}
