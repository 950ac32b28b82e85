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
  /** As it was before the day was decided. */
  readonly memory: LedgerMemory;
}

/**
 * What every list of a decided day had to choose and from what, worked out once more from policies and memory. What a list kept is taken from its
 * draft. Rows that others keep are left among the candidates, which can only raise a bound.
 */
export function demandsOf(decided: DecidedDay): Demand[] {
  const { catalogue, day, lists, drafts } = decided;
  const byId = new Map(drafts.map((draft) => [draft.playlistId, draft]));
  const contests = new Map<string, Contest>();
  const numbers = new Map<string, number>();
  const number = (arena: string) => numbers.get(arena) ?? (numbers.set(arena, numbers.size), numbers.size - 1);
  const mixes = new Map<string, Uint8Array[]>();
  return lists.map((list) => {
    const { policy, policyId } = list;
    const scope = restScopeKey(policy, { playlistId: list.id, policyFamilyId: list.policyFamilyId });
    const contest = contests.get(`${policyId} ${scope}`) ?? contestOf(decided, list, scope);
    contests.set(`${policyId} ${scope}`, contest);
    const marks = mixes.get(policyId) ?? policy.mix.map((block) => marksOf(catalogue, evaluatePool(catalogue, block.rule, dayNumber(day)).rows));
    mixes.set(policyId, marks);
    const held = byId.get(list.id)?.entries.flatMap((entry) => (entry.firstDay < dayNumber(day) ? [entry.row] : [])) ?? [];
    const slots = policy.size - held.length;
    return {
      contest,
      arenas: [scope, ...(policy.exclusivity.group ? [`group ${policy.exclusivity.group}`] : [])].map(number),
      precedence: 0,
      slots,
      caps: policy.caps,
      held,
      blocks: policy.mix.map((block, at) => ({ slots: Math.round((slots * block.share) / 100), admits: (row: number) => marks[at]?.[row] === 1 })),
    };
  });
}

/** The pool of a policy without what rests in the scope, best first. */
function contestOf({ catalogue, day, memory }: DecidedDay, { policy }: ListOfDay, scope: string): Contest {
  const today = dayNumber(day);
  const { restsUntil } = memory.columnsOf(scope, catalogue.size);
  const free = evaluatePool(catalogue, policy.pool, today).rows.filter((row) => (restsUntil[row] ?? 0) <= today);
  const scores = scoreRows(catalogue, free, { policy, context: { day: today, daySeed: daySeed(policy.seed, day, scope) } });
  const order = Int32Array.from(free.keys()).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return { rows: order.map((at) => free[at] ?? 0), scores: Float64Array.from(order, (at) => scores[at] ?? 0) };
}

function marksOf(catalogue: Catalogue, rows: Int32Array): Uint8Array {
  const marks = new Uint8Array(catalogue.size);
  for (const row of rows) marks[row] = 1;
  return marks;
}
