import type { Allotment } from './demand.ts';
import type { Rejection, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { DayState } from './day-state.ts';
import type { RankedCandidates } from './ranked-candidates.ts';
import { minutesOf } from './duration.ts';
import { measureList, qualityNotes } from './quality/list-measures.ts';
import { orderNotes } from './quality/order-notes.ts';
import { explainNearMiss } from './explanations/explain.ts';
import type { HeldList } from './held-list.ts';
import { countWithoutParts, explainShortfall } from './shortfall.ts';
import { meanSound } from '#shared/domain/catalog/sound.ts';

export interface ListOutcome {
  readonly held: HeldList;
  readonly candidates: RankedCandidates;
  readonly demand: { readonly slots: number };
  readonly allotment: Allotment;
  readonly chosen: Allotment['chosen'];
  readonly isPublished: boolean;
  /** Candidates that earlier lists took; for an unpublished list, candidates that any list took. */
  readonly usedBefore: number;
  readonly achievedGap: number;
}

/** The report stored with a list: how many recordings each step of curation admitted and dropped, and why. */
export function reportOfList(state: DayState, outcome: ListOutcome): SnapshotReport {
  const { held, candidates, allotment, chosen, isPublished } = outcome;
  const { catalog } = state;
  const { policy } = held.list;
  const rows = [...held.held.map((entry) => entry.row), ...chosen.map((one) => one.row)];
  const counts = {
    catalog: catalog.size,
    pool: candidates.admitted.pool.rows.length,
    resting: candidates.resting,
    candidates: candidates.candidateCount - outcome.usedBefore,
    cappedByArtist: allotment.cappedByArtist,
    cappedByAlbum: allotment.cappedByAlbum,
    chosen: rows.length,
    size: held.size,
    banned: candidates.banned,
    pinnedElsewhere: candidates.pinnedElsewhere,
    exclusive: countBarred(state, held, 'exclusive'),
    pinned: held.held.filter((entry) => entry.pinnedBy !== null).length,
    staying: held.held.filter((entry) => entry.pinnedBy === null).length,
  };
  const blocks = policy.mix.map(({ name }, index) => ({ name, slots: held.blockSlots[index] ?? 0, filled: filledIn(held, chosen, index) }));
  const minutes = Math.round(minutesOf(catalog, rows) * 10) / 10;
  const shortfall = isPublished
    ? []
    : explainShortfall({
        ...counts,
        policy,
        held: held.held.length,
        usedToday: outcome.usedBefore,
        unknownExcluded: candidates.admitted.pool.unknownExcluded,
        blocks: blocks.map((block, index) => ({ ...block, free: freeIn(candidates, index) })),
        minutes: allotment.isComplete ? minutes : null,
        lastPlace: Math.max(0, ...held.held.map((entry) => entry.position ?? 0)),
        without: counts.pool < held.size ? countWithoutParts(catalog, policy.pool, state.day) : [],
      });
  return {
    ...counts,
    ...(blocks.length > 0 ? { blocks } : {}),
    minutes,
    ...unknownNames(held),
    notes: [...held.notes, ...separationNote(policy.separation.artist, outcome), ...notesOfQuality(state, outcome, rows)],
    ...(policy.version === 2 && isPublished ? { measures: measureList(catalog, rows, policy) } : {}),
    seed: policy.seed,
    shortfall,
    nearMisses: nearMissesOf(state, outcome),
    sound: meanSound(catalog, rows),
  };
}

/** The report of a list whose pins cannot be met. */
export function reportOfConflict(state: DayState, held: HeldList): SnapshotReport {
  const { policy } = held.list;
  return {
    catalog: state.catalog.size,
    pool: state.admitted(held.list).pool.rows.length,
    resting: 0,
    candidates: 0,
    cappedByArtist: 0,
    cappedByAlbum: 0,
    chosen: 0,
    size: held.size,
    ...unknownNames(held),
    notes: held.notes,
    seed: policy.seed,
    shortfall: held.conflicts,
    nearMisses: [],
    sound: meanSound(state.catalog, []),
  };
}

function unknownNames({ list }: HeldList): Pick<SnapshotReport, 'unknownNames'> {
  return list.refs.unknown.length > 0 ? { unknownNames: list.refs.unknown } : {};
}

function filledIn(held: HeldList, chosen: Allotment['chosen'], block: number): number {
  return held.held.filter((entry) => entry.block === block).length + chosen.filter((one) => one.block === block).length;
}

function freeIn(candidates: RankedCandidates, index: number): number {
  const part = candidates.admitted.blocks[index];
  let free = 0;
  if (part) for (const row of candidates.ranked.rows) free += part.has(row) ? 1 : 0;
  return free;
}

function countBarred(state: DayState, held: HeldList, why: Rejection): number {
  const { rows } = state.admitted(held.list);
  let count = 0;
  for (const [row, reason] of held.barred) count += reason === why && rows.has(row) ? 1 : 0;
  return count;
}

function separationNote(wanted: number, { isPublished, achievedGap }: ListOutcome): string[] {
  if (!isPublished || achievedGap >= wanted) return [];
  return [`Artist separation reached only ${tracks(achievedGap)} (target ${wanted}).`];
}

function notesOfQuality(state: DayState, { held, isPublished }: ListOutcome, rows: readonly number[]): string[] {
  const { policy } = held.list;
  const reserve = state.reserve(held.list);
  if (policy.version !== 2 || !reserve || !isPublished) return [];
  return [...qualityNotes(state.catalog, rows, { policy, lifts: reserve.lifts }), ...orderNotes(state.catalog, rows, policy)];
}

function tracks(count: number): string {
  return `${count} ${count === 1 ? 'track' : 'tracks'}`;
}

/** Allocation knows only caps and scores; a reason of the list itself (ban, group, turnover) takes precedence. */
function nearMissesOf({ catalog }: DayState, { held, allotment }: ListOutcome): SnapshotReport['nearMisses'] {
  return allotment.nearMisses.map(({ row, score, why: allocationReason }) => {
    const why = held.barred.get(row) ?? (held.recent?.hasSong(row) ? 'song_recent' : allocationReason);
    return { recordingId: catalog.recordingIds[row] ?? 0, score, why, detail: explainNearMiss(catalog, row, { why, policy: held.list.policy }) };
  });
}
