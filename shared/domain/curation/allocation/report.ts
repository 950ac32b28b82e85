import type { Rejection } from '#shared/contracts/curation/snapshot.ts';
import type { Allotment } from '../demand.ts';
import type { OpenList } from './list.ts';
import type { ClaimedRows } from './claimed-rows.ts';

const NEAR_MISSES_MAX = 10;

/** The rows assigned to a list, and why the best other candidates were not: rows assigned to other lists are not counted. */
export function reportAllotment(list: OpenList, taken: ClaimedRows): Allotment {
  const { demand, caps } = list;
  const { rows, scores } = demand.candidates;
  const chosen = list.assignments();
  const own = new Set([...demand.held, ...chosen.map((choice) => choice.row)]);
  const lastRank = list.isFull ? (chosen.at(-1)?.rank ?? -1) : rows.length - 1;
  const capped = { artist_cap: 0, album_cap: 0, song_twice: 0 };
  const nearMisses: { row: number; rank: number; score: number; why: Rejection }[] = [];
  for (let rank = 0; rank < rows.length && (rank <= lastRank || nearMisses.length < NEAR_MISSES_MAX); rank++) {
    const row = rows[rank] ?? -1;
    if (own.has(row) || !taken.isFree(row, demand.conflictScopes)) continue;
    const capCheck = caps.check(row);
    if (capCheck !== 'fits' && rank <= lastRank) capped[capCheck] += 1;
    if (nearMisses.length < NEAR_MISSES_MAX)
      nearMisses.push({ row, rank, score: scores[rank] ?? Number.NaN, why: capCheck === 'fits' ? 'outranked' : capCheck });
  }
  return { chosen, isComplete: list.isFull, cappedByArtist: capped.artist_cap, cappedByAlbum: capped.album_cap, nearMisses };
}

/** What a list got, and nothing about other candidates. */
export function unreportedAllotment(list: OpenList): Allotment {
  return { chosen: list.isFull ? list.assignments() : [], isComplete: list.isFull, cappedByArtist: 0, cappedByAlbum: 0, nearMisses: [] };
}
