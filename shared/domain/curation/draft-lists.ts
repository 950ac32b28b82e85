import type { Allotment } from './demand.ts';
import type { DayState } from './day-state.ts';
import { rankOf } from './ranked-candidates.ts';
import type { RankedCandidates } from './ranked-candidates.ts';
import { reportOfConflict, reportOfList } from './day-report.ts';
import { explicitVersion } from './explicit-version.ts';
import { explainDrawn } from './explanations/explain-drawn.ts';
import { explainEntry } from './explanations/explain.ts';
import { fitLengths } from './fit-lengths.ts';
import type { AllottedList } from './fit-lengths.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { hashText } from '#shared/domain/hash.ts';
import type { HeldEntry, HeldList } from './held-list.ts';
import { RESERVE_SCORE_MIN } from './quality/reserve.ts';
import { setCosts } from './quality/set-order.ts';
import { sequence } from './sequencing.ts';
import type { DraftEntry, SnapshotDraft } from './snapshot-draft.ts';

/** Creates the drafts of lists that were allocated together, in their order: playing time, sequence, reasons and report. */
export function draftLists(state: DayState, lists: readonly AllottedList[]): SnapshotDraft[] {
  const { lengths, countIn } = fitLengths(state, lists);
  const counts = new Map<RankedCandidates, number>();
  return lists.map((list, index) => {
    const { held, candidates } = list;
    const { chosen, isPublished } = lengths[index] ?? { chosen: list.allotment.chosen, isPublished: false };
    const used = counts.get(candidates) ?? 0;
    const usedBefore = isPublished ? used : countIn(candidates);
    const entries = isPublished ? entriesOf(state, list, chosen) : { entries: [], achievedGap: Infinity };
    if (isPublished) counts.set(candidates, used + chosen.length);
    const report = reportOfList(state, { ...list, chosen, isPublished, usedBefore, achievedGap: entries.achievedGap });
    return {
      playlistId: held.list.id,
      policyId: held.list.policyId,
      restScope: held.scope,
      groups: groupsOf(held.list.policy),
      status: isPublished ? 'published' : 'unfilled',
      entries: entries.entries,
      ended: isPublished ? held.ended : [],
      report,
    };
  });
}

/** The draft of a list whose pins cannot be met. */
export function draftOfConflict(state: DayState, held: HeldList): SnapshotDraft {
  return {
    playlistId: held.list.id,
    policyId: held.list.policyId,
    restScope: held.scope,
    groups: groupsOf(held.list.policy),
    status: 'unfilled',
    entries: [],
    ended: [],
    report: reportOfConflict(state, held),
  };
}

function entriesOf(state: DayState, { held, candidates }: AllottedList, chosen: Allotment['chosen']): { entries: DraftEntry[]; achievedGap: number } {
  const { day } = state;
  const { list, context } = held;
  const heldRows = Int32Array.from(held.held, (entry) => entry.row);
  const heldScores = state.scoresOf(list, heldRows, context);
  const all = new Map<number, Pick<EntryFacts, 'entry' | 'score' | 'rank' | 'improvement'>>();
  for (const [index, entry] of held.held.entries()) {
    const score = heldScores[index] ?? 0;
    all.set(entry.row, { entry, score, rank: rankOf(candidates.ranked, score) });
  }
  const fresh = { firstDay: day, restDays: list.policy.rest.days, position: null, pinnedBy: null };
  for (const { row, score, rank, block, improvement } of chosen) all.set(row, { entry: { ...fresh, block }, score, rank, improvement });
  const { rows, achievedGap } = orderOf(state, held, all);
  const entries = rows.flatMap((row) => {
    const facts = all.get(row);
    return facts ? [entryOf(state, { held, candidates, row, ...facts })] : [];
  });
  return { entries, achievedGap };
}

/** An unchanged list keeps its order; every other list is sequenced again. */
function orderOf(state: DayState, held: HeldList, all: ReadonlyMap<number, { entry: Omit<HeldEntry, 'row'> }>) {
  const { list, context } = held;
  const { catalog } = state;
  const positions = new Map([...all].flatMap(([row, { entry }]) => (entry.position === null ? [] : [[row, entry.position] as const])));
  const previous = state.repeatIndex.previous(list.id);
  const before = previous?.policyId === list.policyId ? previous.entries.map((entry) => entry.row) : [];
  const isSame =
    before.length === all.size && before.every((row) => all.has(row)) && [...positions].every(([row, position]) => before[position - 1] === row);
  const { policy } = list;
  const costsOf = policy.version === 2 ? (rows: readonly number[]) => setCosts(catalog, rows, policy) : undefined;
  const rules = { artistGap: policy.separation.artist, flow: policy.flow, costsOf, positions, seed: hashText(list.id, context.daySeed) };
  return sequence(isSame ? before : [...all.keys()], catalog, { ...rules, isSettled: isSame });
}

interface EntryFacts {
  readonly held: HeldList;
  readonly candidates: RankedCandidates;
  readonly row: number;
  readonly entry: Omit<HeldEntry, 'row'>;
  readonly score: number;
  readonly rank: number;
  readonly improvement?: Allotment['chosen'][number]['improvement'];
}

function entryOf(state: DayState, { held, candidates, row, entry, score, rank, improvement }: EntryFacts): DraftEntry {
  const { catalog, day } = state;
  const { policy } = held.list;
  const facts = {
    catalog,
    context: held.context,
    row,
    rank,
    lastUsed: candidates.repeatWindows.lastUsed[row] ?? Number.NaN,
    staysSince: entry.firstDay < day ? entry.firstDay : null,
    pinnedBy: entry.pinnedBy,
    block: (entry.block === null ? undefined : policy.mix[entry.block]?.name) ?? null,
  };
  const reserve = state.reserve(held.list);
  const reasons =
    policy.version === 2 && reserve
      ? explainDrawn({ ...facts, policy, reserve, equals: equalsIn(candidates), improvement })
      : explainEntry({ ...facts, policy });
  const { firstDay, restDays, pinnedBy } = entry;
  const isExplicit = explicitVersion(catalog, policy, { row, day, block: entry.block });
  return { recordingId: catalog.recordingIds[row] ?? 0, row, score, reasons, firstDay, restDays, isPinned: pinnedBy !== null, isExplicit };
}

/** The candidates that were in the reserve: they all had the same chance. */
function equalsIn({ ranked }: RankedCandidates): number {
  return rankOf(ranked, RESERVE_SCORE_MIN - Number.EPSILON);
}
