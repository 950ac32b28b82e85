import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { PolicyShare, ScalingAction } from '#shared/contracts/scaling/scaling.ts';
import { ThemeNames } from './scaling-names.ts';

/** An active policy as input of the scaling plan. */
export interface ScalingPolicy {
  readonly policyId: string;
  readonly policyName: string;
  /** Theme of its first playlist. */
  readonly themeTag: string;
  readonly lists: number;
  readonly size: number;
  readonly restDays: number;
  readonly restScope: Policy['rest']['scope'];
  /** Share of a list that changes every day, 0–1. */
  readonly turnover: number;
  /** Number of recordings it admits and does not ban. */
  readonly pool: number;
}

export interface ScalingPlaylist {
  readonly id: string;
  readonly index: number;
  readonly themeTag: string;
  /** Number of days of the last week on which it could not be filled. */
  readonly unfilledDays: number;
}

type Addition = Extract<ScalingAction, { kind: 'add_playlist' }>;
type Retirement = Extract<ScalingAction, { kind: 'retire_playlist' }>;

interface Wanted {
  readonly count: number;
  readonly ceiling: number;
}

/** Number of recordings that one list of a policy occupies: those in it and those within their repeat window. */
function occupiedBy({ size, turnover, restDays }: ScalingPolicy): number {
  return size + Math.round(size * turnover) * Math.max(0, restDays - 1);
}

/** Number of lists that a policy's pool can fill; null for any number, when the repeat window applies to each playlist separately. */
export function listsPoolCanFill(policy: ScalingPolicy): number | null {
  const fillable = Math.floor(policy.pool / occupiedBy(policy));
  return policy.restScope === 'playlist' && fillable >= 1 ? null : fillable;
}

/** Days by which a policy's pool falls short of the repeat window with so many lists; 0 when the pool is large enough. */
export function daysShort(policy: ScalingPolicy, lists: number): number {
  const { pool, size, turnover, restDays, restScope } = policy;
  const each = restScope === 'playlist' ? pool : pool / Math.max(1, lists);
  if (each >= occupiedBy(policy)) return 0;
  const perDay = Math.round(size * turnover);
  const windowDays = each < size ? 0 : 1 + Math.floor((each - size) / Math.max(1, perDay));
  return Math.max(0, Math.max(1, restDays) - windowDays);
}

/** A policy's entry in the plan: its lists and the number that its pool can fill. */
export function policyShareOf(policy: ScalingPolicy): PolicyShare {
  const { policyId, policyName, lists, size, restDays, pool } = policy;
  return { policyId, policyName, lists, size, restDays, pool, carries: listsPoolCanFill(policy), daysShort: daysShort(policy, lists) };
}

/**
 * New playlists, each for the policy whose pool has the most to spare at that point, with unused names. Rounds the number that a pool can fill up, like
 * the ceiling, and states the days that fall short of the repeat window. A policy whose pool is used up gets none.
 */
export function chooseAdditions(
  policies: readonly ScalingPolicy[],
  themes: readonly string[],
  { count, ceiling }: Wanted,
): { actions: Addition[]; reasons: string[] } {
  const actions: Addition[] = [];
  const names = new ThemeNames(themes);
  const lists = new Map(policies.map((policy) => [policy.policyId, policy.lists]));
  const listsOf = (policy: ScalingPolicy) => lists.get(policy.policyId) ?? 0;
  const headroom = (policy: ScalingPolicy) => policy.pool / (occupiedBy(policy) * (listsOf(policy) + 1));
  const isOpen = (policy: ScalingPolicy) => listsPoolCanFill(policy) === null || listsOf(policy) < Math.ceil(policy.pool / occupiedBy(policy));
  while (actions.length < count) {
    const [best] = policies.filter(isOpen).toSorted((a, b) => headroom(b) - headroom(a) || a.policyName.localeCompare(b.policyName));
    if (!best) break;
    lists.set(best.policyId, listsOf(best) + 1);
    const { policyId, policyName } = best;
    const why = `${describeCeiling(ceiling)}; ${describeSpare(best, listsOf(best))}`;
    actions.push({ kind: 'add_playlist', themeTag: names.next(best.themeTag), policyId, policyName, why });
  }
  const missing = count - actions.length;
  if (missing === 0) return { actions, reasons: [] };
  if (policies.length === 0)
    return { actions, reasons: ['No playlist is active yet, so there is no policy to add playlists to. Create the first playlist manually.'] };
  const proposed = `${missing} more ${missing === 1 ? 'playlist is' : 'playlists are'} not proposed`;
  return { actions, reasons: [`${proposed}: no policy’s pool can fill another one. Add a policy that admits other music.`] };
}

function describeCeiling(ceiling: number): string {
  return `The catalog can fill ${ceiling.toLocaleString('en')} ${ceiling === 1 ? 'playlist' : 'playlists'}`;
}

function describeSpare(policy: ScalingPolicy, lists: number): string {
  const pool = `the pool of “${policy.policyName}” (${policy.pool.toLocaleString('en')} recordings) has the most to spare`;
  const short = daysShort(policy, lists);
  return short === 0 ? `${pool}.` : `${pool}, but is then ${short} ${short === 1 ? 'day' : 'days'} short of the repeat window.`;
}

/** The playlists to retire when the catalog can fill fewer: first those that could not be filled, then the newest. */
export function chooseRetirements(playlists: readonly ScalingPlaylist[], { count, ceiling }: Wanted): Retirement[] {
  const worstFirst = playlists.toSorted((a, b) => b.unfilledDays - a.unfilledDays || b.index - a.index);
  return worstFirst.slice(0, count).map(({ id, index, themeTag, unfilledDays }) => ({
    kind: 'retire_playlist',
    playlistId: id,
    index,
    themeTag,
    why:
      unfilledDays > 0
        ? `${describeCeiling(ceiling)}; this one could not be filled on ${unfilledDays} of the last 7 days.`
        : `${describeCeiling(ceiling)}; this one is the newest.`,
  }));
}
