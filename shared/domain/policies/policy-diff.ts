import type { Policy, PolicyV2, RecordingRef, Rule } from '#shared/contracts/policies/policy.ts';
import type { PolicyDifference, PolicyDiffView } from '#shared/contracts/policies/policy-views.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { describePreference, describeRule } from './describe-policy.ts';
import { describeSeed } from './seed-words.ts';
import { evaluatePool } from './pool.ts';
import { canonicalJson } from '../canonical-json.ts';

/** One setting or member of a policy; `exact` decides whether another version has it too. */
interface Statement {
  readonly path: string;
  readonly what: string;
  readonly says: string;
  /** The value as JSON with sorted keys. */
  readonly exact: string;
}

/**
 * The differences between two versions: single settings as before and after; members of lists (rules, preferences, blocks, pins, bans) as removed or
 * added, regardless of their position, so that moving a rule is no difference.
 */
export function listDifferences(before: Policy, after: Policy): PolicyDifference[] {
  return [...compareSettings(before, after), ...compareMembers(membersOf(before), membersOf(after))];
}

/** How many recordings each version admits on a day (a day number), and how many enter and leave the pool. */
export function comparePools(catalog: Catalog, of: { before: Rule; after: Rule; day: number }): PolicyDiffView['pool'] {
  const before = evaluatePool(catalog, of.before, of.day).rows;
  const after = evaluatePool(catalog, of.after, of.day).rows;
  let shared = 0;
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const difference = (before[i] ?? 0) - (after[j] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return { before: before.length, after: after.length, entering: after.length - shared, leaving: before.length - shared };
}

const SCOPES = { network: 'all playlists', playlist: 'each playlist separately', policy: 'all playlists with this policy' } as const;

/** The single settings of a policy: path, label, text, value. */
function settingsOf(policy: Policy): Statement[] {
  const { caps, rest, duration, flow } = policy;
  const settings: readonly (readonly [path: string, what: string, says: string | null, value?: unknown])[] = [
    ['size', 'List size', String(policy.size)],
    ['duration', 'Playing time', duration ? `${duration.minutes} ± ${duration.tolerance} minutes` : null],
    ['caps.perArtist', 'Maximum tracks per artist', String(caps.perArtist)],
    ['caps.perAlbum', 'Maximum tracks per album', String(caps.perAlbum)],
    ['rest.days', 'Repeat window', `${rest.days} ${rest.days === 1 ? 'day' : 'days'}`],
    ['rest.scope', 'Repeat window applies to', SCOPES[rest.scope]],
    ['separation.artist', 'Artist separation', String(policy.separation.artist)],
    ['turnover', 'Share of the list that changes every day', percent(policy.turnover), policy.turnover],
    ['variety', 'Random variation', percent(policy.variety), policy.variety],
    ['seed', 'Random seed', policy.seed],
    ['flow.energy', 'Energy arc', flow.energy],
    ['flow.harmonic', 'Harmonic mixing', percent(flow.harmonic), flow.harmonic],
    ['flow.tempo', 'Tempo matching', percent(flow.tempo), flow.tempo],
    ['exclusivity.group', 'Exclusivity group', policy.exclusivity.group ?? null],
    ['version', 'Lists are chosen', policy.version === 2 ? 'as a whole, by mean and spread' : 'track by track, by score'],
    ...listSettings(policy),
  ];
  return settings.flatMap(([path, what, says, value = says]) => (says === null ? [] : [{ path, what, says, exact: canonicalJson(value) }]));
}

/** The settings that only version 2 has. */
function listSettings(policy: Policy): (readonly [path: string, what: string, says: string])[] {
  if (policy.version !== 2) return [];
  const role = (name: keyof PolicyV2['roles']) => policy.roles[name].map(describePreference).join(', ') || 'any track';
  return [
    ['songs.days', 'Song window', `${policy.songs.days} ${policy.songs.days === 1 ? 'day' : 'days'}`],
    ['artistDays', 'Artist repeat window', `${policy.artistDays} ${policy.artistDays === 1 ? 'day' : 'days'}`],
    ['seasonal', 'Titles of a season', policy.seasonal === 'in_season' ? 'only in that season' : 'on every day'],
    ['roles.opener', 'Opener', policy.roles.opener.length === 0 ? 'a well-known track near the middle of the list' : role('opener')],
    ['roles.closer', 'Closer', role('closer')],
    ['roles.peak', 'Peak', role('peak')],
    ...(policy.goesWith.seeds.length + policy.goesWith.avoid.length > 0
      ? [['goesWith.weight', 'Weight of what it goes with', String(policy.goesWith.weight)] as const]
      : []),
  ];
}

function compareSettings(before: Policy, after: Policy): PolicyDifference[] {
  const was = new Map(settingsOf(before).map((one) => [one.path, one]));
  const is = new Map(settingsOf(after).map((one) => [one.path, one]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, now] = [was.get(path), is.get(path)];
    if (old?.exact === now?.exact) return [];
    const words = old && now ? beforeAndAfter(old, now) : { before: old?.says ?? null, after: now?.says ?? null };
    return [{ path, what: now?.what ?? old?.what ?? path, ...words }];
  });
}

/** All list members of a policy. Each rule of the pool's "all" is a member of its own. */
function membersOf(policy: Policy): Statement[] {
  const { pool, bans } = policy;
  const rules =
    'all' in pool && pool.all.length > 0 ? pool.all.map((rule, at) => ({ rule, path: `pool.all.${at}` })) : [{ rule: pool, path: 'pool' }];
  return [
    ...rules.map(({ rule, path }) => member(path, 'Pool rule', [describeRule(rule), rule])),
    ...policy.prefer.map((one, at) => member(`prefer.${at}`, 'Target', [`${describePreference(one)}, weight ${one.weight}${spread(one)}`, one])),
    ...(policy.version === 2 ? seedsOf(policy) : []),
    ...policy.mix.map((block, at) => member(`mix.${at}`, 'Mix block', [`${block.share}% ${block.name}: ${describeRule(block.rule)}`, block])),
    ...policy.pins.map((pin, at) =>
      member(`pins.${at}`, 'Pin', [`${refWords(pin.recording)}${pin.position ? ` at position ${pin.position}` : ''}`, pin]),
    ),
    ...bans.recordings.map((ref, at) => member(`bans.recordings.${at}`, 'Banned recording', [refWords(ref), ref])),
    ...bans.artists.map((id, at) => member(`bans.artists.${at}`, 'Banned artist', [id, id])),
    ...bans.albums.map((id, at) => member(`bans.albums.${at}`, 'Banned album', [id, id])),
    ...policy.exclusivity.yieldsTo.map((group, at) => member(`exclusivity.yieldsTo.${at}`, 'Lower priority than', [group, group])),
  ];
}

function seedsOf({ goesWith: { seeds, avoid } }: PolicyV2): Statement[] {
  return [
    ...seeds.map((seed, at) => member(`goesWith.seeds.${at}`, 'Goes with', [describeSeed(seed), seed])),
    ...avoid.map((seed, at) => member(`goesWith.avoid.${at}`, 'Does not go with', [describeSeed(seed), seed])),
  ];
}

function member(path: string, what: string, content: readonly [says: string, value: unknown]): Statement {
  const [says, value] = content;
  return { path, what, says, exact: `${what}\n${canonicalJson(value)}` };
}

/** Both sides as text, with the exact value where rounding hides the difference. */
function beforeAndAfter(old: Statement, now: Statement): { before: string; after: string } {
  if (old.says !== now.says) return { before: old.says, after: now.says };
  const withExact = ({ says, exact }: Statement) => `${says}, exactly ${exact.slice(exact.indexOf('\n') + 1)}`;
  return { before: withExact(old), after: withExact(now) };
}

function compareMembers(before: readonly Statement[], after: readonly Statement[]): PolicyDifference[] {
  const removed = without(before, after);
  const added = without(after, before);
  // A removed and an added member at the same path are one change.
  const changed = removed.flatMap((old) => {
    const now = added.find((one) => one.path === old.path && one.what === old.what);
    return now ? [{ path: now.path, what: now.what, ...beforeAndAfter(old, now) }] : [];
  });
  const isSingle = (one: Statement) => !changed.some((other) => other.path === one.path && other.what === one.what);
  return [
    ...changed,
    ...removed.filter(isSingle).map(({ path, what, says }) => ({ path, what, before: says, after: null })),
    ...added.filter(isSingle).map(({ path, what, says }) => ({ path, what, before: null, after: says })),
  ];
}

/** Statements that the other side does not have; duplicates count individually. */
function without(statements: readonly Statement[], others: readonly Statement[]): Statement[] {
  const left = new Map<string, number>();
  for (const { exact } of others) left.set(exact, (left.get(exact) ?? 0) + 1);
  return statements.filter(({ exact }) => {
    const count = left.get(exact) ?? 0;
    left.set(exact, count - 1);
    return count <= 0;
  });
}

function refWords(ref: RecordingRef): string {
  if ('recordingId' in ref) return `recording ${ref.recordingId}`;
  return 'isrc' in ref ? `ISRC ${ref.isrc}` : `track ${ref.trackId}`;
}

function spread(preference: Policy['prefer'][number]): string {
  return 'spread' in preference ? `, spread ${preference.spread}` : '';
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`;
}
