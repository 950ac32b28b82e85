import type { ScoredCandidates, Demand } from '#shared/domain/curation/demand.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { daySeed, scoreRows } from '#shared/domain/curation/scoring.ts';
import type { ListOfDay, SnapshotDraft } from '#shared/domain/curation/snapshot-draft.ts';

export interface CuratedDay {
  readonly catalog: Catalog;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly lists: readonly ListOfDay[];
  readonly drafts: readonly SnapshotDraft[];
  /** State before the day was curated. */
  readonly repeatIndex: RepeatIndex;
}

/**
 * The allocation input of each playlist on a curated day, recalculated from policies and recent placements. Tracks a playlist kept come from its draft.
 * Rows kept by other playlists remain candidates, which can only raise a bound.
 */
export function demandsOf(decided: CuratedDay): Demand[] {
  const { catalog, day, lists, drafts } = decided;
  const byId = new Map(drafts.map((draft) => [draft.playlistId, draft]));
  const candidatesBy = new Map<string, ScoredCandidates>();
  const numbers = new Map<string, number>();
  const numberOf = (scope: string) => numbers.get(scope) ?? (numbers.set(scope, numbers.size), numbers.size - 1);
  const mixes = new Map<string, Uint8Array[]>();
  return lists.map((list) => {
    const { policy, policyId } = list;
    const scope = restScopeKey(policy, { playlistId: list.id, policyFamilyId: list.policyFamilyId });
    const candidates = candidatesBy.get(`${policyId} ${scope}`) ?? rankedCandidatesOf(decided, list, scope);
    candidatesBy.set(`${policyId} ${scope}`, candidates);
    const flags = mixes.get(policyId) ?? policy.mix.map((block) => admittedFlags(catalog, evaluatePool(catalog, block.rule, dayNumber(day)).rows));
    mixes.set(policyId, flags);
    const held = byId.get(list.id)?.entries.flatMap((entry) => (entry.firstDay < dayNumber(day) ? [entry.row] : [])) ?? [];
    const slots = policy.size - held.length;
    return {
      candidates,
      conflictScopes: [scope, ...(policy.exclusivity.group ? [`group ${policy.exclusivity.group}`] : [])].map(numberOf),
      precedence: 0,
      slots,
      caps: policy.caps,
      held,
      blocks: policy.mix.map((block, at) => ({ slots: Math.round((slots * block.share) / 100), admits: (row: number) => flags[at]?.[row] === 1 })),
    };
  });
}

/** The pool of a policy without recordings in their repeat window in this scope, best first. */
function rankedCandidatesOf({ catalog, day, repeatIndex }: CuratedDay, { policy }: ListOfDay, scope: string): ScoredCandidates {
  const today = dayNumber(day);
  const { restsUntil } = repeatIndex.columnsOf(scope, catalog.size);
  const free = evaluatePool(catalog, policy.pool, today).rows.filter((row) => (restsUntil[row] ?? 0) <= today);
  const scores = scoreRows(catalog, free, { policy, context: { day: today, daySeed: daySeed(policy.seed, day, scope) } });
  const order = Int32Array.from(free.keys()).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return { rows: order.map((at) => free[at] ?? 0), scores: Float64Array.from(order, (at) => scores[at] ?? 0) };
}

function admittedFlags(catalog: Catalog, rows: Int32Array): Uint8Array {
  const flags = new Uint8Array(catalog.size);
  for (const row of rows) flags[row] = 1;
  return flags;
}
