import type { PolicyV1, RecordingRef, Rule } from '#shared/contracts/policies/policy.ts';
import type { PolicyDifference, PolicyDiffView } from '#shared/contracts/policies/policy-views.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { describePreference, describeRule } from './describe-policy.ts';
import { evaluatePool } from './pool.ts';

/** One thing that a policy says: `exact` decides whether another version says it too. */
interface Statement {
  readonly path: string;
  readonly what: string;
  readonly says: string;
  /** To the letter, whatever the order of its keys. */
  readonly exact: string;
}

/**
 * What differs between two versions: a single setting as before and after, members of a list (rules, preferences, blocks, pins, bans) as gone or
 * new wherever they stand, so that moving a rule up is no difference.
 */
export function listDifferences(before: PolicyV1, after: PolicyV1): PolicyDifference[] {
  return [...compareSettings(before, after), ...compareMembers(membersOf(before), membersOf(after))];
}

/** How many recordings each version admits on a day (a day number), and how many come in and go out between them. */
export function comparePools(catalogue: Catalogue, of: { before: Rule; after: Rule; day: number }): PolicyDiffView['pool'] {
  const before = evaluatePool(catalogue, of.before, of.day).rows;
  const after = evaluatePool(catalogue, of.after, of.day).rows;
  let shared = 0;
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const difference = (before[i] ?? 0) - (after[j] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return { before: before.length, after: after.length, entering: after.length - shared, leaving: before.length - shared };
}

const SCOPES = { network: 'in the whole network', playlist: 'in the playlist', policy: 'in all playlists with these rules' } as const;

/** Settings that every policy has, each once: path, name, words. */
function settingsOf(policy: PolicyV1): Statement[] {
  const { caps, rest, duration, flow } = policy;
  const settings: readonly (readonly [path: string, what: string, says: string | null, value?: unknown])[] = [
    ['size', 'Tracks in the list', String(policy.size)],
    ['duration', 'Playing time', duration ? `${duration.minutes} minutes, give or take ${duration.tolerance}` : null],
    ['caps.perArtist', 'Most tracks by an artist', String(caps.perArtist)],
    ['caps.perAlbum', 'Most tracks from an album', String(caps.perAlbum)],
    ['rest.days', 'Days of rest', String(rest.days)],
    ['rest.scope', 'Where a recording rests', SCOPES[rest.scope]],
    ['separation.artist', 'Places between tracks by one artist', String(policy.separation.artist)],
    ['turnover', 'Part of the list that changes a day', percent(policy.turnover), policy.turnover],
    ['variety', 'Part of chance in the choice', percent(policy.variety), policy.variety],
    ['seed', 'Seed of chance', policy.seed],
    ['flow.energy', 'Arc of energy', flow.energy],
    ['flow.harmonic', 'Pull toward neighbouring keys', percent(flow.harmonic), flow.harmonic],
    ['flow.tempo', 'Pull toward neighbouring tempos', percent(flow.tempo), flow.tempo],
    ['exclusivity.group', 'Shares no recording within the group', policy.exclusivity.group ?? null],
  ];
  return settings.flatMap(([path, what, says, value = says]) => (says === null ? [] : [{ path, what, says, exact: exactly(value) }]));
}

function compareSettings(before: PolicyV1, after: PolicyV1): PolicyDifference[] {
  const was = new Map(settingsOf(before).map((one) => [one.path, one]));
  const is = new Map(settingsOf(after).map((one) => [one.path, one]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, now] = [was.get(path), is.get(path)];
    if (old?.exact === now?.exact) return [];
    const words = old && now ? tellApart(old, now) : { before: old?.says ?? null, after: now?.says ?? null };
    return [{ path, what: now?.what ?? old?.what ?? path, ...words }];
  });
}

/** Everything of which a policy may have several. The pool's "all" is taken apart, since each of its rules stands by itself. */
function membersOf(policy: PolicyV1): Statement[] {
  const { pool, bans } = policy;
  const rules =
    'all' in pool && pool.all.length > 0 ? pool.all.map((rule, at) => ({ rule, path: `pool.all.${at}` })) : [{ rule: pool, path: 'pool' }];
  return [
    ...rules.map(({ rule, path }) => member(path, 'Rule of the pool', [describeRule(rule), rule])),
    ...policy.prefer.map((one, at) =>
      member(`prefer.${at}`, 'Leans toward', [`${describePreference(one)}, weight ${one.weight}${spread(one)}`, one]),
    ),
    ...policy.mix.map((block, at) => member(`mix.${at}`, 'Block of the mix', [`${block.share} % ${block.name}: ${describeRule(block.rule)}`, block])),
    ...policy.pins.map((pin, at) => member(`pins.${at}`, 'Pinned', [`${refWords(pin.recording)}${pin.position ? ` at ${pin.position}` : ''}`, pin])),
    ...bans.recordings.map((ref, at) => member(`bans.recordings.${at}`, 'Banned recording', [refWords(ref), ref])),
    ...bans.artists.map((id, at) => member(`bans.artists.${at}`, 'Banned artist', [id, id])),
    ...bans.albums.map((id, at) => member(`bans.albums.${at}`, 'Banned album', [id, id])),
    ...policy.exclusivity.yieldsTo.map((group, at) => member(`exclusivity.yieldsTo.${at}`, 'Yields to the group', [group, group])),
  ];
}

function member(path: string, what: string, said: readonly [says: string, value: unknown]): Statement {
  const [says, value] = said;
  return { path, what, says, exact: `${what}\n${exactly(value)}` };
}

/** A value to the letter, its keys in one order. */
function exactly(value: unknown): string {
  const ordered = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(ordered);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, inner]) => [key, ordered(inner)]),
    );
  };
  return JSON.stringify(ordered(value));
}

/** Both sides in words; to the letter as well where words round the difference away. */
function tellApart(old: Statement, now: Statement): { before: string; after: string } {
  if (old.says !== now.says) return { before: old.says, after: now.says };
  const said = ({ says, exact }: Statement) => `${says}, exactly ${exact.slice(exact.indexOf('\n') + 1)}`;
  return { before: said(old), after: said(now) };
}

function compareMembers(before: readonly Statement[], after: readonly Statement[]): PolicyDifference[] {
  const gone = without(before, after);
  const come = without(after, before);
  // What is gone and what has come to the same place are two sides of one change.
  const changed = gone.flatMap((old) => {
    const now = come.find((one) => one.path === old.path && one.what === old.what);
    return now ? [{ path: now.path, what: now.what, ...tellApart(old, now) }] : [];
  });
  const isSingle = (one: Statement) => !changed.some((other) => other.path === one.path && other.what === one.what);
  return [
    ...changed,
    ...gone.filter(isSingle).map(({ path, what, says }) => ({ path, what, before: says, after: null })),
    ...come.filter(isSingle).map(({ path, what, says }) => ({ path, what, before: null, after: says })),
  ];
}

/** Statements that the other side does not make; one that is made twice has to be made twice there. */
function without(mine: readonly Statement[], others: readonly Statement[]): Statement[] {
  const left = new Map<string, number>();
  for (const { exact } of others) left.set(exact, (left.get(exact) ?? 0) + 1);
  return mine.filter(({ exact }) => {
    const count = left.get(exact) ?? 0;
    left.set(exact, count - 1);
    return count <= 0;
  });
}

function refWords(ref: RecordingRef): string {
  if ('recordingId' in ref) return `recording ${ref.recordingId}`;
  return 'isrc' in ref ? `ISRC ${ref.isrc}` : `track ${ref.trackId}`;
}

function spread(preference: PolicyV1['prefer'][number]): string {
  return 'spread' in preference ? `, spread ${preference.spread}` : '';
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
