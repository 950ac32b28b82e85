import type { PolicyV1 } from '#shared/contracts/policy.ts';
import type { Contest, Demand } from '#shared/domain/allocation.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalogue } from '#shared/domain/catalogue-columns.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { evaluatePool } from '#shared/domain/pool.ts';
import { daySeed, scoreRows } from '#shared/domain/scoring.ts';
import { policies, TODAY } from './allocate-world.ts';

/** Recordings per thousand that are resting in a scope already, and the share of them that lists keep. */
const RESTING_PER_THOUSAND = 150;

/** What the lists of a day want: `playlists` of them, dealt to the policies in turn. */
export function demandsOf(catalogue: Catalogue, playlists: number): Demand[] {
  const all = policies();
  const admits = all.map((policy) => policy.mix.map((block) => marksOf(catalogue, evaluatePool(catalogue, block.rule, dayNumber(TODAY)).rows)));
  const contests = new Map<string, Contest & { resting: Int32Array }>();
  return Array.from({ length: playlists }, (_, index) => {
    const n = index % all.length;
    const policy = all[n];
    if (!policy) throw new Error('There is no such policy.');
    const scope = { network: 'network', policy: `policy ${n}`, playlist: `playlist ${index}` }[policy.rest.scope];
    const contest = contests.get(`${n} ${scope}`) ?? contestOf(catalogue, policy, scope);
    contests.set(`${n} ${scope}`, contest);
    const kept = Math.round(policy.size * (1 - policy.turnover));
    const nth = Math.floor(index / all.length);
    const slots = policy.size - kept;
    return {
      contest,
      arenas: [scopeNumber(policy, { n, index }), ...(policy.exclusivity.group ? [1] : [])],
      precedence: 0,
      slots,
      caps: policy.caps,
      held: [...contest.resting.subarray(nth * kept, (nth + 1) * kept)],
      blocks: policy.mix.map((block, at) => ({
        slots: Math.round((slots * block.share) / 100),
        admits: (row: number) => admits[n]?.[at]?.[row] === 1,
      })),
    };
  });
}

function scopeNumber(policy: PolicyV1, { n, index }: { n: number; index: number }): number {
  return { network: 0, policy: 10 + n, playlist: 100 + index }[policy.rest.scope];
}

/** The pool of a policy without what rests in the scope, best first. */
function contestOf(catalogue: Catalogue, policy: PolicyV1, scope: string): Contest & { resting: Int32Array } {
  const day = dayNumber(TODAY);
  const seed = daySeed('resting', TODAY, scope);
  const pool = evaluatePool(catalogue, policy.pool, day).rows;
  const rests = (row: number) => chanceOf(seed, row) * 1000 < RESTING_PER_THOUSAND;
  const free = pool.filter((row) => !rests(row));
  const scores = scoreRows(catalogue, free, { policy, context: { day, daySeed: daySeed(policy.seed, TODAY, scope) } });
  const order = Int32Array.from(free.keys()).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  // Spread over the pool, so that what one list keeps is rarely by one artist.
  const resting = pool.filter(rests).filter((row) => chanceOf(seed + 1, row) < 0.5);
  return { rows: order.map((at) => free[at] ?? 0), scores: Float64Array.from(order, (at) => scores[at] ?? 0), resting };
}

function marksOf(catalogue: Catalogue, rows: Int32Array): Uint8Array {
  const marks = new Uint8Array(catalogue.size);
  for (const row of rows) marks[row] = 1;
  return marks;
}
