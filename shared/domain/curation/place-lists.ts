import type { DayState } from './day-state.ts';
import { fitLengths } from './fit-lengths.ts';
import type { AllottedList } from './fit-lengths.ts';
import type { HeldList } from './held-list.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import type { PlacedList } from './snapshot-draft.ts';

/** The selections of lists that were allocated together: the same recordings as their drafts, in no particular order and without reasons. */
export function placeLists(state: DayState, lists: readonly AllottedList[]): PlacedList[] {
  const { lengths } = fitLengths(state, lists);
  return lists.map(({ held, allotment }, index) => {
    const { chosen, isPublished } = lengths[index] ?? { chosen: allotment.chosen, isPublished: false };
    if (!isPublished) return unfilled(held);
    const { restDays, recordingIds } = { restDays: held.list.policy.rest.days, recordingIds: state.catalog.recordingIds };
    const idOf = (row: number) => recordingIds[row] ?? 0;
    const rows = new Set(chosen.map(({ row }) => row));
    const before = held.held.filter(({ row }) => !rows.has(row));
    const entries = [
      ...before.map((entry) => ({
        row: entry.row,
        recordingId: idOf(entry.row),
        firstDay: entry.firstDay,
        restDays: entry.restDays,
        isPinned: entry.pinnedBy !== null,
      })),
      ...chosen.map(({ row }) => ({ row, recordingId: idOf(row), firstDay: state.day, restDays, isPinned: false })),
    ];
    return { ...unfilled(held), status: 'published', entries, ended: held.ended };
  });
}

/** The selection of a list whose pins cannot be met, or that could not be filled: nothing. */
export function unfilled({ list, scope }: HeldList): PlacedList {
  return {
    playlistId: list.id,
    policyId: list.policyId,
    restScope: scope,
    groups: groupsOf(list.policy),
    status: 'unfilled',
    entries: [],
    ended: [],
  };
}
