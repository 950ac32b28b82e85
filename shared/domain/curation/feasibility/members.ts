import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import type { ConflictMember } from '#shared/contracts/policies/policy-views.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { describeRecordingRef } from '#shared/domain/policies/policy-refs.ts';
import { leavingCount } from '../turnover-count.ts';

/** One hard rule of a policy that can be removed; `without` returns the policy without it. */
export interface RuleMember extends ConflictMember {
  readonly without: (policy: Policy) => Policy;
}

const ANY_RECORDING: Rule = { all: [] };
/** The contract's maximum: a cap without effect. */
const CAP_MAX = 500;
const SIZE_MAX = 500;

/**
 * The hard rules of a policy, the least likely causes first, so that a conflict names few and relevant rules. Flow and preferences are soft and never
 * part of a conflict.
 */
export function membersOf(policy: Policy): RuleMember[] {
  return [
    ...banMembers(policy),
    ...exclusivityMember(policy),
    ...policy.pins.map((_, at) => pinMember(policy, at)),
    ...capMembers(policy),
    ...separationMember(policy),
    ...scopeMember(policy),
    ...policy.mix.map((_, at) => mixMember(policy, at)),
    ...restMember(policy),
    ...turnoverMember(policy),
    ...songMembers(policy),
    ...poolMembers(policy),
    ...lengthMembers(policy),
  ];
}

/** The policy without some of its rules. */
export function withoutMembers(policy: Policy, members: readonly RuleMember[]): Policy {
  return members.reduce((reduced, member) => member.without(reduced), policy);
}

/** The independent rules of a pool, with their paths. */
export function partsOf(pool: Rule): readonly { readonly path: string; readonly rule: Rule }[] {
  if ('all' in pool) return pool.all.map((rule, at) => ({ path: `pool.all.${at}`, rule }));
  return [{ path: 'pool', rule: pool }];
}

function isAnything(rule: Rule): boolean {
  return 'all' in rule && rule.all.length === 0;
}

function poolMembers(policy: Policy): RuleMember[] {
  const { pool } = policy;
  return partsOf(pool)
    .filter(({ rule }) => !isAnything(rule))
    .map(({ path, rule }, at) => ({
      path,
      rule: describeRule(rule),
      remedy: 'Widen or remove this rule.',
      without: (reduced: Policy) => ({
        ...reduced,
        pool: 'all' in reduced.pool ? replaceAt(reduced.pool.all, indexOf(pool, rule, at)) : ANY_RECORDING,
      }),
    }));
}

/** The index of a part, empty parts included. */
function indexOf(pool: Rule, part: Rule, at: number): number {
  return 'all' in pool ? pool.all.indexOf(part) : at;
}

function replaceAt(parts: readonly Rule[], index: number): Rule {
  return { all: parts.map((part, at) => (at === index ? ANY_RECORDING : part)) };
}

function capMembers({ caps }: Policy): RuleMember[] {
  const member = (key: keyof Policy['caps'], of: string): RuleMember => ({
    path: `caps.${key}`,
    rule: `At most ${caps[key]} ${caps[key] === 1 ? 'track' : 'tracks'} ${of}`,
    remedy: 'Raise this cap.',
    without: (reduced) => ({ ...reduced, caps: { ...reduced.caps, [key]: CAP_MAX } }),
  });
  return [
    ...(caps.perAlbum < CAP_MAX ? [member('perAlbum', 'per album')] : []),
    ...(caps.perArtist < CAP_MAX ? [member('perArtist', 'per artist')] : []),
  ];
}

function separationMember({ separation }: Policy): RuleMember[] {
  if (separation.artist < 2) return [];
  return [
    {
      path: 'separation.artist',
      rule: `Artist separation: at least ${separation.artist} tracks`,
      remedy: 'Lower the artist separation.',
      without: (reduced) => ({ ...reduced, separation: { artist: 0 } }),
    },
  ];
}

function turnoverMember({ turnover, size }: Policy): RuleMember[] {
  if (leavingCount(turnover, size) === 0) return [];

  return [
    {
      path: 'turnover',
      rule: turnover === 1 ? 'All tracks change every day' : `${Math.round(turnover * 100)}% of the list changes every day`,
      remedy: 'Lower the share of the list that changes every day.',
      without: (reduced) => ({ ...reduced, turnover: 0 }),
    },
  ];
}

/** The rules that only version 2 has: the song window and seasons. */
function songMembers(policy: Policy): RuleMember[] {
  if (policy.version !== 2) return [];
  const { songs, seasonal } = policy;
  const songWindow: RuleMember = {
    path: 'songs.days',
    rule: `The same song not again within ${songs.days} ${songs.days === 1 ? 'day' : 'days'}`,
    remedy: 'Shorten the song window.',
    without: (reduced) => (reduced.version === 2 ? { ...reduced, songs: { days: 0 } } : reduced),
  };
  const seasons: RuleMember = {
    path: 'seasonal',
    rule: 'Titles of a season only in that season',
    remedy: 'Include titles of a season on every day.',
    without: (reduced) => (reduced.version === 2 ? { ...reduced, seasonal: 'always' } : reduced),
  };
  return [...(songs.days > 0 ? [songWindow] : []), ...(seasonal === 'in_season' ? [seasons] : [])];
}

function restMember({ rest }: Policy): RuleMember[] {
  if (rest.days === 0) return [];
  return [
    {
      path: 'rest.days',
      rule: `Repeat window: ${rest.days} ${rest.days === 1 ? 'day' : 'days'}`,
      remedy: 'Shorten the repeat window.',
      without: (reduced) => ({ ...reduced, rest: { ...reduced.rest, days: 0 } }),
    },
  ];
}

function scopeMember({ rest }: Policy): RuleMember[] {
  if (rest.scope === 'playlist') return [];
  return [
    {
      path: 'rest.scope',
      rule: rest.scope === 'network' ? 'Repeat window applies to: all playlists' : 'Repeat window applies to: all playlists with this policy',
      remedy: 'Apply the repeat window to each playlist separately.',
      without: (reduced) => ({ ...reduced, rest: { ...reduced.rest, scope: 'playlist' } }),
    },
  ];
}

function lengthMembers({ size, duration }: Policy): RuleMember[] {
  const tracks: RuleMember = {
    path: 'size',
    rule: duration ? `At most ${size} ${size === 1 ? 'track' : 'tracks'}` : `${size} ${size === 1 ? 'track' : 'tracks'} per day`,
    remedy: duration ? 'Allow more tracks.' : 'Make the list shorter.',
    without: (reduced) => ({ ...reduced, size: reduced.duration ? SIZE_MAX : leastSize(reduced) }),
  };
  if (!duration) return [tracks];
  const time: RuleMember = {
    path: 'duration',
    rule: `${duration.minutes} ± ${duration.tolerance} minutes`,
    remedy: 'Shorten the playing time or allow more tolerance.',
    without: (reduced) => ({ ...reduced, duration: undefined, size: leastSize(reduced) }),
  };
  return [tracks, time];
}

/** The smallest size that has room for the pins. */
function leastSize({ pins }: Policy): number {
  return Math.max(1, pins.length, ...pins.map((pin) => pin.position ?? 1));
}

function mixMember(policy: Policy, at: number): RuleMember {
  const block = policy.mix[at];
  return {
    path: `mix.${at}`,
    rule: block ? `${block.share}% “${block.name}”: ${lowerFirst(describeRule(block.rule))}` : '',
    remedy: 'Lower the share of this block or widen its rule.',
    without: (reduced) => ({ ...reduced, mix: reduced.mix.map((one, index) => (index === at ? { ...one, rule: ANY_RECORDING } : one)) }),
  };
}

function pinMember(policy: Policy, at: number): RuleMember {
  const pin = policy.pins[at];
  return {
    path: `pins.${at}`,
    rule: pin ? `${describeRecordingRef(pin.recording)} is pinned${pin.position ? ` to position ${pin.position}` : ''}` : '',
    remedy: 'Remove or move this pin.',
    without: (reduced) => ({ ...reduced, pins: reduced.pins.filter((one) => one !== pin) }),
  };
}

function banMembers({ bans }: Policy): RuleMember[] {
  const words = { recordings: 'recordings', artists: 'artists', albums: 'albums' } as const;
  return (['recordings', 'artists', 'albums'] as const).flatMap((key): RuleMember[] => {
    const count = bans[key].length;
    if (count === 0) return [];
    const rule = `${count} ${count === 1 ? words[key].slice(0, -1) : words[key]} banned`;
    return [
      {
        path: `bans.${key}`,
        rule,
        remedy: 'Remove some of these bans.',
        without: (reduced) => ({ ...reduced, bans: { ...reduced.bans, [key]: [] } }),
      },
    ];
  });
}

function exclusivityMember({ exclusivity }: Policy): RuleMember[] {
  const groups = [...(exclusivity.group === undefined ? [] : [exclusivity.group]), ...exclusivity.yieldsTo];
  if (groups.length === 0) return [];
  return [
    {
      path: 'exclusivity',
      rule: `No recording on the same day as another playlist of ${groups.join(', ')}`,
      remedy: 'Leave the group, or give fewer groups priority.',
      without: (reduced) => ({ ...reduced, exclusivity: { yieldsTo: [] } }),
    },
  ];
}
