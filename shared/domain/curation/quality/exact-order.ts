import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { OrderProblem } from '../improve-order.ts';

/** Longest list whose best order is searched for among all of them: 8! is 40,320. */
export const EXACT_TRACKS_MAX = 8;

/**
 * The best order of a short list: the least violation of artist separation, then the lowest cost, then the first in the given order. Tries all orders
 * but those that are already worse (branch and bound).
 */
export function exactOrder({ rows, catalog, gap, costsOf, fixed }: OrderProblem): number[] {
  const { steps, positions } = costsOf(rows);
  const count = rows.length;
  const artists = rows.map((row) => [...artistsOf(catalog, row)]);
  const fixedTracks = new Map([...fixed].map(([at, row]) => [at, rows.indexOf(row)]));
  const free = new Set(fixedTracks.values());
  const order: number[] = [];
  let best: { violation: number; cost: number; order: number[] } = { violation: Infinity, cost: Infinity, order: [...rows.keys()] };
  const isWorse = (violation: number, cost: number) => violation > best.violation || (violation === best.violation && cost >= best.cost - 1e-9);
  const sharesArtist = (a: number, b: number) => artists[a]?.some((artist) => artists[b]?.includes(artist)) ?? false;
  const extend = (violation: number, cost: number): void => {
    if (isWorse(violation, cost)) return;
    const at = order.length;
    if (at === count) {
      best = { violation, cost, order: [...order] };
      return;
    }
    const must = fixedTracks.get(at);
    for (let track = 0; track < count; track++) {
      if (must === undefined ? free.has(track) || order.includes(track) : track !== must) continue;
      let added = 0;
      for (let back = 1; back < gap && back <= at; back++) if (sharesArtist(track, order[at - back] ?? 0)) added += gap - back;
      const step = at === 0 ? 0 : (steps[(order[at - 1] ?? 0) * count + track] ?? 0);
      order.push(track);
      extend(violation + added, cost + step + (positions?.[track * count + at] ?? 0));
      order.pop();
    }
  };
  extend(0, 0);
  return best.order.map((track) => rows[track] ?? 0);
}
