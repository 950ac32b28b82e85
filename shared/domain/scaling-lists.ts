import type { ScalingAction } from '../contracts/scaling.ts';

/** A policy in use, as the scaling plan sees it. */
export interface ScalingPolicy {
  readonly policyId: string;
  readonly policyName: string;
  readonly themeTag: string;
  readonly lists: number;
  readonly size: number;
  readonly restDays: number;
  /** Recordings it admits; null while none of its lists was curated. */
  readonly pool: number | null;
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

/** New lists, each for the policy whose pool has most to spare at that moment; none for a policy whose pool would not carry another. */
export function chooseAdditions(policies: readonly ScalingPolicy[], { count, ceiling }: Wish): { actions: Addition[]; reasons: string[] } {
  const actions: Addition[] = [];
  const lists = new Map(policies.map((policy) => [policy.policyId, policy.lists]));
  const headroom = (policy: ScalingPolicy) =>
    (policy.pool ?? 0) / (policy.size * Math.max(1, policy.restDays) * ((lists.get(policy.policyId) ?? 0) + 1));
  while (actions.length < count) {
    const best = policies.toSorted((a, b) => headroom(b) - headroom(a) || a.policyName.localeCompare(b.policyName))[0];
    if (!best || headroom(best) < 1) break;
    lists.set(best.policyId, (lists.get(best.policyId) ?? 0) + 1);
    const { policyId, policyName, themeTag, pool } = best;
    const why = `The catalogue carries ${ceiling}; the pool of “${policyName}” (${(pool ?? 0).toLocaleString('en')}) has most to spare.`;
    actions.push({ kind: 'add_playlist', themeTag, policyId, policyName, why });
  }
  const missing = count - actions.length;
  const reasons =
    missing === 0
      ? []
      : [
          policies.every((policy) => policy.pool === null)
            ? 'No policy has been curated yet, so it is not known which pool has room for another list.'
            : `${missing} more ${missing === 1 ? 'list is' : 'lists are'} not proposed: no policy's own pool carries another. A new policy on other music would.`,
        ];
  return { actions, reasons };
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
