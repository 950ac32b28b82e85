import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import type { ConflictMember } from '#shared/contracts/policies/policy-views.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { refWords } from '#shared/domain/policies/policy-refs.ts';
import { leavingCount } from '../turnover.ts';

/** One hard rule of a policy that can be taken away: what is left of the policy then. */
export interface RuleMember extends ConflictMember {
  readonly without: (policy: PolicyV1) => PolicyV1;
}

const ANYTHING: Rule = { all: [] };
/** As the contract has it: a cap that binds nobody. */
const CAP_MAX = 500;
const SIZE_MAX = 500;

/**
 * The hard rules of a policy, those to be suspected last first: a conflict is told with as few and as telling rules as possible. Flow and
 * preferences are wishes and never in a conflict.
 */
export function membersOf(policy: PolicyV1): RuleMember[] {
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
    ...poolMembers(policy),
    ...lengthMembers(policy),
  ];
}

/** The policy without some of its rules. */
export function withoutMembers(policy: PolicyV1, members: readonly RuleMember[]): PolicyV1 {
  return members.reduce((left, member) => member.without(left), policy);
}

/** The parts of a pool that stand by themselves, with their paths. */
export function partsOf(pool: Rule): readonly { readonly path: string; readonly rule: Rule }[] {
  if ('all' in pool) return pool.all.map((rule, at) => ({ path: `pool.all.${at}`, rule }));
  return [{ path: 'pool', rule: pool }];
}

function isAnything(rule: Rule): boolean {
  return 'all' in rule && rule.all.length === 0;
}

function poolMembers(policy: PolicyV1): RuleMember[] {
  const { pool } = policy;
  return partsOf(pool)
    .filter(({ rule }) => !isAnything(rule))
    .map(({ path, rule }, at) => ({
      path,
      rule: describeRule(rule),
      remedy: 'Widen this rule or drop it.',
      without: (left: PolicyV1) => ({ ...left, pool: 'all' in left.pool ? replaceAt(left.pool.all, indexOf(pool, rule, at)) : ANYTHING }),
    }));
}

/** Where a part stands among all of them, the empty ones counted. */
function indexOf(pool: Rule, part: Rule, at: number): number {
  return 'all' in pool ? pool.all.indexOf(part) : at;
}

function replaceAt(parts: readonly Rule[], index: number): Rule {
  return { all: parts.map((part, at) => (at === index ? ANYTHING : part)) };
}

function capMembers({ caps }: PolicyV1): RuleMember[] {
  const member = (key: keyof PolicyV1['caps'], of: string): RuleMember => ({
    path: `caps.${key}`,
    rule: `At most ${caps[key]} ${of}`,
    remedy: 'Raise this cap.',
    without: (left) => ({ ...left, caps: { ...left.caps, [key]: CAP_MAX } }),
  });
  return [
    ...(caps.perAlbum < CAP_MAX ? [member('perAlbum', 'from an album')] : []),
    ...(caps.perArtist < CAP_MAX ? [member('perArtist', 'by an artist')] : []),
  ];
}

function separationMember({ separation }: PolicyV1): RuleMember[] {
  if (separation.artist < 2) return [];
  return [
    {
      path: 'separation.artist',
      rule: `Tracks by one artist stand ${separation.artist} places apart`,
      remedy: 'Let them stand closer together.',
      without: (left) => ({ ...left, separation: { artist: 0 } }),
    },
  ];
}

function turnoverMember({ turnover, size }: PolicyV1): RuleMember[] {
  if (leavingCount(turnover, size) === 0) return [];
  const part = `${Math.round(turnover * 100)} % of the list`;
  return [
    {
      path: 'turnover',
      rule: turnover === 1 ? 'The whole list changes every day' : `${part} ${part.startsWith('1 ') ? 'changes' : 'change'} every day`,
      remedy: 'Let more of the list stay from day to day.',
      without: (left) => ({ ...left, turnover: 0 }),
    },
  ];
}

function restMember({ rest }: PolicyV1): RuleMember[] {
  if (rest.days === 0) return [];
  return [
    {
      path: 'rest.days',
      rule: `${rest.days} ${rest.days === 1 ? 'day' : 'days'} of rest`,
      remedy: 'Shorten the rest.',
      without: (left) => ({ ...left, rest: { ...left.rest, days: 0 } }),
    },
  ];
}

function scopeMember({ rest }: PolicyV1): RuleMember[] {
  if (rest.scope === 'playlist') return [];
  return [
    {
      path: 'rest.scope',
      rule: rest.scope === 'network' ? 'It rests together with every other list of the network' : 'All lists with these rules rest together',
      remedy: 'Let each playlist rest by itself.',
      without: (left) => ({ ...left, rest: { ...left.rest, scope: 'playlist' } }),
    },
  ];
}

function lengthMembers({ size, duration }: PolicyV1): RuleMember[] {
  const tracks: RuleMember = {
    path: 'size',
    rule: duration ? `At most ${size} ${size === 1 ? 'track' : 'tracks'}` : `${size} ${size === 1 ? 'track' : 'tracks'} a day`,
    remedy: duration ? 'Allow more tracks.' : 'Make the list shorter.',
    without: (left) => ({ ...left, size: left.duration ? SIZE_MAX : leastSize(left) }),
  };
  if (!duration) return [tracks];
  const time: RuleMember = {
    path: 'duration',
    rule: `${duration.minutes} minutes, give or take ${duration.tolerance}`,
    remedy: 'Ask for less playing time, or allow more tolerance.',
    without: (left) => ({ ...left, duration: undefined, size: leastSize(left) }),
  };
  return [tracks, time];
}

/** A list of any length: the shortest one that has room for its pins. */
function leastSize({ pins }: PolicyV1): number {
  return Math.max(1, pins.length, ...pins.map((pin) => pin.position ?? 1));
}

function mixMember(policy: PolicyV1, at: number): RuleMember {
  const block = policy.mix[at];
  return {
    path: `mix.${at}`,
    rule: block ? `${block.share} % “${block.name}”: ${lowerFirst(describeRule(block.rule))}` : '',
    remedy: 'Give this block a smaller share, or a wider rule.',
    without: (left) => ({ ...left, mix: left.mix.map((one, index) => (index === at ? { ...one, rule: ANYTHING } : one)) }),
  };
}

function pinMember(policy: PolicyV1, at: number): RuleMember {
  const pin = policy.pins[at];
  return {
    path: `pins.${at}`,
    rule: pin ? `${refWords(pin.recording)} is pinned${pin.position ? ` to place ${pin.position}` : ''}` : '',
    remedy: 'Take this pin away, or move it.',
    without: (left) => ({ ...left, pins: left.pins.filter((one) => one !== pin) }),
  };
}

function banMembers({ bans }: PolicyV1): RuleMember[] {
  const words = { recordings: 'recordings', artists: 'artists', albums: 'albums' } as const;
  return (['recordings', 'artists', 'albums'] as const).flatMap((key): RuleMember[] => {
    const count = bans[key].length;
    if (count === 0) return [];
    const rule = `${count} ${count === 1 ? words[key].slice(0, -1) : words[key]} banned`;
    return [{ path: `bans.${key}`, rule, remedy: 'Ban less.', without: (left) => ({ ...left, bans: { ...left.bans, [key]: [] } }) }];
  });
}

function exclusivityMember({ exclusivity }: PolicyV1): RuleMember[] {
  const groups = [...(exclusivity.group === undefined ? [] : [exclusivity.group]), ...exclusivity.yieldsTo];
  if (groups.length === 0) return [];
  return [
    {
      path: 'exclusivity',
      rule: `Shares no recording on a day with lists of ${groups.join(', ')}`,
      remedy: 'Leave the group, or yield to fewer.',
      without: (left) => ({ ...left, exclusivity: { yieldsTo: [] } }),
    },
  ];
}
