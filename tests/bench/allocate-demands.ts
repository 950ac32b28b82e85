import type { Contest, Demand } from '#shared/domain/curation/allocation/allocation.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import type { LedgerMemory } from '#shared/domain/curation/ledger-memory.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { daySeed, scoreRows } from '#shared/domain/curation/scoring.ts';
import type { ListOfDay, SnapshotDraft } from '#shared/domain/curation/snapshot-draft.ts';

export interface DecidedDay {
  readonly catalogue: Catalogue;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly lists: readonly ListOfDay[];
  readonly drafts: readonly SnapshotDraft[];
  /** State before the day was curated. */
  readonly memory: LedgerMemory;
}

/**
 * The allocation input of each playlist on a curated day, recalculated from policies and recent placements. Tracks a playlist kept come from its draft.
 * Rows kept by other playlists remain candidates, which can only raise a bound.
 */
export function demandsOf(decided: DecidedDay): Demand[] {
  const { catalogue, day, lists, drafts } = decided;
  const byId = new Map(drafts.map((draft) => [draft.playlistId, draft]));
  const contests = new Map<string, Contest>();
  const numbers = new Map<string, number>();
  const numberOf = (scope: string) => numbers.get(scope) ?? (numbers.set(scope, numbers.size), numbers.size - 1);
  const mixes = new Map<string, Uint8Array[]>();
  return lists.map((list) => {
    const { policy, policyId } = list;
    const scope = restScopeKey(policy, { playlistId: list.id, policyFamilyId: list.policyFamilyId });
    const contest = contests.get(`${policyId} ${scope}`) ?? contestOf(decided, list, scope);
    contests.set(`${policyId} ${scope}`, contest);
    const flags =
      mixes.get(policyId) ?? policy.mix.map((block) => admittedFlags(catalogue, evaluatePool(catalogue, block.rule, dayNumber(day)).rows));
    mixes.set(policyId, flags);
    const held = byId.get(list.id)?.entries.flatMap((entry) => (entry.firstDay < dayNumber(day) ? [entry.row] : [])) ?? [];
    const slots = policy.size - held.length;
    return {
      contest,
      arenas: [scope, ...(policy.exclusivity.group ? [`group ${policy.exclusivity.group}`] : [])].map(numberOf),
      precedence: 0,
      slots,
      caps: policy.caps,
      held,
      blocks: policy.mix.map((block, at) => ({ slots: Math.round((slots * block.share) / 100), admits: (row: number) => flags[at]?.[row] === 1 })),
    };
  });
}

/** The pool of a policy without recordings in their repeat window in this scope, best first. */
function contestOf({ catalogue, day, memory }: DecidedDay, { policy }: ListOfDay, scope: string): Contest {
  const today = dayNumber(day);
  const { restsUntil } = memory.columnsOf(scope, catalogue.size);
  const free = evaluatePool(catalogue, policy.pool, today).rows.filter((row) => (restsUntil[row] ?? 0) <= today);
  const scores = scoreRows(catalogue, free, { policy, context: { day: today, daySeed: daySeed(policy.seed, day, scope) } });
  const order = Int32Array.from(free.keys()).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return { rows: order.map((at) => free[at] ?? 0), scores: Float64Array.from(order, (at) => scores[at] ?? 0) };
}

function admittedFlags(catalogue: Catalogue, rows: Int32Array): Uint8Array {
  const flags = new Uint8Array(catalogue.size);
  for (const row of rows) flags[row] = 1;
  return flags;
}
