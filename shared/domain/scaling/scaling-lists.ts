import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { PolicyShare, ScalingAction } from '#shared/contracts/scaling/scaling.ts';
import { ThemeNames } from './scaling-names.ts';

/** A policy in use, as the scaling plan sees it. */
export interface ScalingPolicy {
  readonly policyId: string;
  readonly policyName: string;
  /** Of its first list. */
  readonly themeTag: string;
  readonly lists: number;
  readonly size: number;
  readonly restDays: number;
  readonly restScope: PolicyV1['rest']['scope'];
  /** Share of a list that changes a day, 0–1. */
  readonly turnover: number;
  /** Recordings it admits and does not ban. */
  readonly pool: number;
}

export interface ScalingPlaylist {
  readonly id: string;
  readonly index: number;
  readonly themeTag: string;
  /** Days of the last week on which it could not be filled. */
  readonly unfilledDays: number;
}

type Addition = Extract<ScalingAction, { kind: 'add_playlist' }>;
type Retirement = Extract<ScalingAction, { kind: 'retire_playlist' }>;

interface Wish {
  readonly count: number;
  readonly ceiling: number;
}

/** Recordings that one list of a policy keeps busy: what it shows and what rests behind it. What stays in the list rests nothing. */
function busyWith({ size, turnover, restDays }: ScalingPolicy): number {
  return size + Math.round(size * turnover) * Math.max(0, restDays - 1);
}

/** How many lists a policy's own pool carries; lists that rest each by itself take nothing from one another, so then any number: null. */
export function listsOfPool(policy: ScalingPolicy): number | null {
  const carries = Math.floor(policy.pool / busyWith(policy));
  return policy.restScope === 'playlist' && carries >= 1 ? null : carries;
}

/** How many days short of the rest a policy's pool is at so many lists: 0 when it carries them. */
export function daysShort(policy: ScalingPolicy, lists: number): number {
  const { pool, size, turnover, restDays, restScope } = policy;
  const each = restScope === 'playlist' ? pool : pool / Math.max(1, lists);
  if (each >= busyWith(policy)) return 0;
  const perDay = Math.round(size * turnover);
  const rests = each < size ? 0 : 1 + Math.floor((each - size) / Math.max(1, perDay));
  return Math.max(0, Math.max(1, restDays) - rests);
}

/** What a plan says of a policy: its lists beside those that its pool carries. */
export function shareOf(policy: ScalingPolicy): PolicyShare {
  const { policyId, policyName, lists, size, restDays, pool } = policy;
  return { policyId, policyName, lists, size, restDays, pool, carries: listsOfPool(policy), daysShort: daysShort(policy, lists) };
}

/**
 * New lists, each for the policy whose pool has most to spare at that moment, under names nobody has. As the ceiling is rounded up, so is what a
 * pool carries, and the days that this is short of the rest are said; a policy whose pool is spoken for gets none.
 */
export function chooseAdditions(
  policies: readonly ScalingPolicy[],
  themes: readonly string[],
  { count, ceiling }: Wish,
): { actions: Addition[]; reasons: string[] } {
  const actions: Addition[] = [];
  const names = new ThemeNames(themes);
  const lists = new Map(policies.map((policy) => [policy.policyId, policy.lists]));
  const listsOf = (policy: ScalingPolicy) => lists.get(policy.policyId) ?? 0;
  const headroom = (policy: ScalingPolicy) => policy.pool / (busyWith(policy) * (listsOf(policy) + 1));
  const isOpen = (policy: ScalingPolicy) => listsOfPool(policy) === null || listsOf(policy) < Math.ceil(policy.pool / busyWith(policy));
  while (actions.length < count) {
    const [best] = policies.filter(isOpen).toSorted((a, b) => headroom(b) - headroom(a) || a.policyName.localeCompare(b.policyName));
    if (!best) break;
    lists.set(best.policyId, listsOf(best) + 1);
    const { policyId, policyName } = best;
    const why = `The catalogue carries ${ceiling}; ${spareWords(best, listsOf(best))}`;
    actions.push({ kind: 'add_playlist', themeTag: names.next(best.themeTag), policyId, policyName, why });
  }
  const missing = count - actions.length;
  if (missing === 0) return { actions, reasons: [] };
  if (policies.length === 0)
    return { actions, reasons: ['No playlist is active yet, so there is no policy to add playlists to: make the first one by hand.'] };
  const proposed = `${missing} more ${missing === 1 ? 'playlist is' : 'playlists are'} not proposed`;
  return { actions, reasons: [`${proposed}: no policy's own pool carries another. A new policy on other music would.`] };
}

function spareWords(policy: ScalingPolicy, lists: number): string {
  const pool = `the pool of “${policy.policyName}” (${policy.pool.toLocaleString('en')}) has most to spare`;
  const short = daysShort(policy, lists);
  return short === 0 ? `${pool}.` : `${pool}, and is then ${short} ${short === 1 ? 'day' : 'days'} short of its rest.`;
}

/** The lists to give up when the catalogue carries fewer: first those that could not be filled, then the youngest. */
export function chooseRetirements(playlists: readonly ScalingPlaylist[], { count, ceiling }: Wish): Retirement[] {
  const worstFirst = playlists.toSorted((a, b) => b.unfilledDays - a.unfilledDays || b.index - a.index);
  return worstFirst.slice(0, count).map(({ id, index, themeTag, unfilledDays }) => ({
    kind: 'retire_playlist',
    playlistId: id,
    index,
    themeTag,
    why:
      unfilledDays > 0
        ? `The catalogue carries ${ceiling}; this one could not be filled on ${unfilledDays} of the last 7 days.`
        : `The catalogue carries ${ceiling}; this is the youngest.`,
  }));
}
