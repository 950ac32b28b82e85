import type { PolicyV1 } from '../contracts/policy.ts';
import type { EntryReasons, SnapshotReport } from '../contracts/snapshot.ts';
import type { SnapshotStatus } from '../vocabulary.ts';
import { dayNumber } from './calendar.ts';
import type { Catalogue } from './catalogue-columns.ts';
import { UNKNOWN_DAY } from './catalogue-columns.ts';
import { explainEntry, explainNearMiss } from './explain.ts';
import { hashText } from './hash.ts';
import { evaluatePool } from './pool.ts';
import type { Pool } from './pool.ts';
import { restScopeKey } from './rest-scope.ts';
import { daySeed, scoreRows } from './scoring.ts';
import type { ScoreContext } from './scoring.ts';
import { createDeck, createRanking, drawPlaylist } from './selection.ts';
import type { Choice, Deck, Draw } from './selection.ts';
import { sequence } from './sequencing.ts';
import { countWithoutParts, explainShortfall } from './shortfall.ts';
import { meanSound } from './sound.ts';

export { restScopeKey } from './rest-scope.ts';

export const REST_FREE = 0;
export const REST_RESTING = 1;
export const REST_PLACED_TODAY = 2;

/** What one rest scope remembers, by catalogue row. */
export interface RestState {
  /** REST_FREE, REST_RESTING or REST_PLACED_TODAY. Curation marks what it places, so that lists curated later see it. */
  readonly marks: Uint8Array;
  /** Day number of the last use, UNKNOWN_DAY when there was none. */
  readonly lastUsed: Int32Array;
}

export interface GroupPlaylist {
  readonly id: string;
  readonly globalIndex: number;
  readonly themeTag: string;
}

/** Playlists that share one policy version, to be curated together. */
export interface CurationGroup {
  readonly catalogue: Catalogue;
  readonly policy: PolicyV1;
  readonly policyFamilyId: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly playlists: readonly GroupPlaylist[];
  /** The state of a rest scope by its key; the same object for the same key, also across the groups of a day. */
  restOf(scopeKey: string): RestState;
}

export interface DraftEntry {
  readonly recordingId: number;
  readonly row: number;
  readonly score: number;
  readonly reasons: EntryReasons;
}

/** A snapshot as decided, before it is stored; entries in playing order, none when unfilled. */
export interface SnapshotDraft {
  readonly playlistId: string;
  readonly restScope: string;
  readonly status: SnapshotStatus;
  readonly entries: readonly DraftEntry[];
  readonly report: SnapshotReport;
}

/**
 * Decides one day's lists of a policy, in the order of their global index, each from what the earlier ones left. A list that cannot be
 * filled takes nothing and says why. Same input, same lists.
 */
export function curateGroup(group: CurationGroup): SnapshotDraft[] {
  const pool = evaluatePool(group.catalogue, group.policy.pool, dayNumber(group.day));
  const desks = new Map<string, Desk>();
  return group.playlists
    .toSorted((a, b) => a.globalIndex - b.globalIndex)
    .map((playlist) => {
      const scope = restScopeKey(group.policy, { playlistId: playlist.id, policyFamilyId: group.policyFamilyId });
      const desk = desks.get(scope) ?? openDesk(group, pool, scope);
      // A playlist that rests by itself has its desk to itself, and nobody comes back to it.
      if (group.policy.rest.scope !== 'playlist') desks.set(scope, desk);
      return curateOne(group, desk, playlist);
    });
}

/** One rest scope's candidates, ranked, with the counts that reports need. */
interface Desk {
  readonly scope: string;
  readonly rest: RestState;
  readonly deck: Deck;
  readonly context: ScoreContext;
  readonly pool: Pool;
  readonly resting: number;
  candidates: number;
  /** The draw that found too little: lists after it would find the same, since it took nothing. */
  failed: Draw | undefined;
}

function openDesk(group: CurationGroup, pool: Pool, scope: string): Desk {
  const { catalogue, policy, day } = group;
  const rest = group.restOf(scope);
  const free = pool.rows.filter((row) => rest.marks[row] === REST_FREE);
  let resting = 0;
  for (const row of pool.rows) resting += rest.marks[row] === REST_RESTING ? 1 : 0;
  // Lists that rest apart must not draw alike, so chance knows whose draw it is.
  const context = { day: dayNumber(day), daySeed: daySeed(policy.seed, day, scope) };
  const ranking = createRanking(scoreRows(catalogue, free, { policy, context }), free, catalogue.recordingIds);
  return { scope, rest, deck: createDeck(ranking), context, pool, resting, candidates: free.length, failed: undefined };
}

function curateOne(group: CurationGroup, desk: Desk, playlist: GroupPlaylist): SnapshotDraft {
  const { catalogue, policy } = group;
  const { marks } = desk.rest;
  const isTaken = (row: number) => marks[row] !== REST_FREE;
  const draw = desk.failed ?? drawPlaylist(desk.deck, catalogue, { size: policy.size, ...policy.caps, isTaken });
  const report = reportOf(group, desk, draw);
  if (draw.exhausted) {
    desk.failed = draw;
    return { playlistId: playlist.id, restScope: desk.scope, status: 'unfilled', entries: [], report };
  }
  for (const choice of draw.chosen) marks[choice.row] = REST_PLACED_TODAY;
  desk.candidates -= draw.chosen.length;
  const entries = orderEntries(group, draw, hashText(playlist.id, desk.context.daySeed)).map((choice) => entryOf(group, desk, choice));
  return { playlistId: playlist.id, restScope: desk.scope, status: 'published', entries, report };
}

function orderEntries({ catalogue, policy }: CurationGroup, draw: Draw, seed: number): Choice[] {
  const byRow = new Map(draw.chosen.map((choice) => [choice.row, choice]));
  const { rows } = sequence([...byRow.keys()], catalogue, { artistGap: policy.separation.artist, seed });
  return rows.flatMap((row) => byRow.get(row) ?? []);
}

function entryOf({ catalogue, policy }: CurationGroup, desk: Desk, { row, rank, score }: Choice): DraftEntry {
  const lastUsed = desk.rest.lastUsed[row] ?? UNKNOWN_DAY;
  const reasons = explainEntry({ catalogue, policy, context: desk.context, row, rank, lastUsed });
  return { recordingId: catalogue.recordingIds[row] ?? 0, row, score, reasons };
}

function reportOf({ catalogue, policy }: CurationGroup, desk: Desk, draw: Draw): SnapshotReport {
  const { pool, resting, candidates } = desk;
  const counts = { catalogue: catalogue.size, pool: pool.rows.length, resting, candidates, chosen: draw.chosen.length };
  const { cappedByArtist, cappedByAlbum } = draw;
  const shortfall = draw.exhausted
    ? explainShortfall({
        ...counts,
        policy,
        cappedByArtist,
        cappedByAlbum,
        size: policy.size,
        usedToday: counts.pool - resting - candidates,
        unknownExcluded: pool.unknownExcluded,
        without: counts.pool < policy.size ? countWithoutParts(catalogue, policy.pool, desk.context.day) : [],
      })
    : [];
  return {
    ...counts,
    cappedByArtist,
    cappedByAlbum,
    size: policy.size,
    seed: policy.seed,
    shortfall,
    nearMisses: draw.nearMisses.map(({ row, score, why }) => ({
      recordingId: catalogue.recordingIds[row] ?? 0,
      score,
      why,
      detail: explainNearMiss(catalogue, row, { why, policy }),
    })),
    sound: meanSound(
      catalogue,
      draw.chosen.map((choice) => choice.row),
    ),
  };
}
