import { OpenList } from '#shared/domain/curation/allocation/list.ts';
import { ClaimedRows } from '#shared/domain/curation/allocation/claimed-rows.ts';
import { allocate } from '#shared/domain/curation/allocation/allocate.ts';
import type { Allotment, Demand } from '#shared/domain/curation/demand.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { listRuleViolations } from '#tests/unit/curation/allocate-rules.ts';
import { upperBound } from './bound.ts';
import { demandsOf } from './demands.ts';
import { largeCatalog, networkOf, olderDays, TODAY, YESTERDAY } from './world.ts';
import { peakMemory } from '../child.ts';

const [recordings = 0, playlists = 0] = process.argv.slice(2).map(Number);

const catalog = largeCatalog(recordings);
const lists = networkOf(playlists);
const repeatIndex = olderDays(catalog, lists);
repeatIndex.addDrafts(curateDay({ catalog, day: YESTERDAY, lists, repeatIndex }), dayNumber(YESTERDAY));
console.error('yesterday is curated');
const startedAt = performance.now();
const drafts = curateDay({ catalog, day: TODAY, lists, repeatIndex });
const seconds = (performance.now() - startedAt) / 1000;
const peakBytes = peakMemory();
console.error(`today is curated in ${seconds.toFixed(1)} s`);

const demands = demandsOf({ catalog, day: TODAY, lists, drafts, repeatIndex });
const byId = new Map(drafts.map((draft) => [draft.playlistId, draft]));
const allotments = lists.map((list, index) => allotmentOf(byId.get(list.id), demands[index]));
const total = allotments.reduce((sum, allotment) => sum + totalOf(allotment), 0);
const alone = demands.map((demand) => totalOf(allocate([demand], catalog)[0]));
const ratios = allotments.map((allotment, index) => totalOf(allotment) / (alone[index] ?? 1));
const bound = upperBound(demands, catalog, total);
const firstCome = firstComeFirstServed();
console.log(
  JSON.stringify({
    seconds,
    peakBytes,
    places: demands.reduce((sum, demand) => sum + demand.slots, 0),
    violations: listRuleViolations({ catalog, demands }, allotments).length + drafts.filter((draft) => draft.status !== 'published').length,
    overBound: total / bound,
    firstComeOverBound: firstCome.reduce((sum, score) => sum + score, 0) / bound,
    firstComeWorst: Math.min(...firstCome.map((score, index) => score / (alone[index] ?? 1))),
    worst: Math.min(...ratios),
    mean: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
  }),
);

/** The tracks that a draft newly chose, with ranks among the candidates and mix blocks recalculated here. */
function allotmentOf(draft: SnapshotDraft | undefined, demand: Demand | undefined): Allotment {
  const fresh = new Map(draft?.entries.flatMap((entry) => (entry.firstDay === dayNumber(TODAY) ? [[entry.row, entry.score]] : [])));
  const chosen: { row: number; rank: number; score: number; block: number | null }[] = [];
  for (const [rank, row] of demand?.candidates.rows.entries() ?? []) {
    const score = fresh.get(row);
    if (score === undefined) continue;
    const block = demand?.blocks.findIndex((one) => one.admits(row)) ?? -1;
    chosen.push({ row, rank, score, block: block < 0 ? null : block });
    fresh.delete(row);
  }
  // A track that is not a candidate is kept here, and the check reports it as a broken rule.
  for (const [row, score] of fresh) chosen.push({ row, rank: -1, score, block: null });
  return { chosen, isComplete: draft?.status === 'published', cappedByArtist: 0, cappedByAlbum: 0, nearMisses: [] };
}

/** Scores of playlists filled greedily one after the other, each from what the earlier ones left. */
function firstComeFirstServed(): number[] {
  const taken = new ClaimedRows(demands);
  return demands.map((demand) => {
    const list = new OpenList(demand, catalog);
    for (const [rank, row] of demand.candidates.rows.entries()) {
      if (list.isFull) break;
      if (taken.isFree(row, demand.conflictScopes)) list.add({ row, rank, score: demand.candidates.scores[rank] ?? 0 });
    }
    taken.claim(list);
    return list.total;
  });
}

function totalOf(allotment: Allotment | undefined): number {
  return allotment?.chosen.reduce((sum, choice) => sum + choice.score, 0) ?? 0;
}
