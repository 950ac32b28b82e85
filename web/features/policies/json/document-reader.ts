import type { Policy, PolicyV2, Rule } from '#shared/contracts/policies/policy.ts';
import { kindOfField } from '../rules/rule-fields.ts';
import type { FieldKind } from '../rules/rule-fields.ts';
import { POLICY_DEPTH_MAX } from '#shared/domain/policies/document-vocabulary.ts';
import { isList, isNumber, isRecord, isText, isTexts } from './json-kinds.ts';
import { EMPTY_LIST_POLICY, EMPTY_POLICY } from '#shared/domain/policies/empty-policy.ts';

export type DocumentReading = { readonly kind: 'policy'; readonly policy: Policy } | { readonly kind: 'unsupported'; readonly field: string };

/**
 * Reads a JSON value as a policy that the builder can show, with defaults filled in. Otherwise returns the path of the first part with another
 * shape. Never changes the value. Checks shape only; the server checks the meaning.
 */
export function readDocument(value: unknown): DocumentReading {
  if (!isRecord(value) || (value['version'] !== 1 && value['version'] !== 2)) return { kind: 'unsupported', field: isRecord(value) ? 'version' : '' };
  const parts = value['version'] === 2 ? LIST_PARTS : PARTS;
  const unknownKey = Object.keys(value).find((key) => !Object.hasOwn(parts, key));
  if (unknownKey !== undefined) return { kind: 'unsupported', field: unknownKey };
  const missing = value['pool'] === undefined ? 'pool' : undefined;
  const wrong = missing ?? Object.entries(parts).flatMap(([key, find]) => (value[key] === undefined ? [] : (find(value[key], key) ?? [])))[0];
  if (wrong !== undefined) return { kind: 'unsupported', field: wrong };
  return { kind: 'policy', policy: withDefaults(value) };
}

/** Returns the path of the first part with the wrong shape, or undefined. */
type FindWrong = (part: unknown, path: string) => string | undefined;

const valueThat =
  (isRight: (part: unknown) => boolean): FindWrong =>
  (part, path) =>
    isRight(part) ? undefined : path;

const shape =
  (keys: Readonly<Record<string, FindWrong>>, required: readonly string[] = []): FindWrong =>
  (part, path) => {
    if (!isRecord(part)) return path;
    const unknownKey = Object.keys(part).find((key) => !Object.hasOwn(keys, key)) ?? required.find((key) => part[key] === undefined);
    if (unknownKey !== undefined) return `${path}.${unknownKey}`;
    return Object.entries(keys).flatMap(([key, find]) => (part[key] === undefined ? [] : (find(part[key], `${path}.${key}`) ?? [])))[0];
  };

const each =
  (find: FindWrong): FindWrong =>
  (part, path) =>
    isList(part) ? part.flatMap((one, at) => find(one, `${path}.${at}`) ?? [])[0] : path;

const number = valueThat(isNumber);
const text = valueThat(isText);

const inRule =
  (depth: number): FindWrong =>
  (part, path) => {
    if (!isRecord(part) || depth > POLICY_DEPTH_MAX) return path;
    if ('field' in part) return isLeaf(part) ? undefined : path;
    const [key, ...others] = Object.keys(part);
    if (others.length > 0 || key === undefined) return path;
    if (key === 'not') return inRule(depth + 1)(part[key], `${path}.not`);
    return key === 'all' || key === 'any' ? each(inRule(depth + 1))(part[key], `${path}.${key}`) : `${path}.${key}`;
  };

const LEAF_KEYS: readonly string[] = ['field', 'op', 'value', 'whenUnknown'];

function isLeaf(part: Readonly<Record<string, unknown>>): boolean {
  const kind = isText(part['field']) ? kindOfField(part['field']) : undefined;
  const { op, value } = part;
  const unknown = part['whenUnknown'];
  if (!kind || !isText(op) || !kind.ops.includes(op) || Object.keys(part).some((key) => !LEAF_KEYS.includes(key))) return false;
  if (unknown !== undefined && unknown !== 'include' && unknown !== 'exclude') return false;
  return VALUE_FITS[kind.kind](op, value);
}

const VALUE_FITS: Readonly<Record<FieldKind, (op: string, value: unknown) => boolean>> = {
  number: (op, value) => (op === 'between' ? isList(value) && value.length === 2 && value.every(isNumber) : isNumber(value)),
  date: (op, value) => (op === 'within_days' || op === 'older_than_days' ? isNumber(value) : isText(value)),
  flag: (_, value) => typeof value === 'boolean',
  text: (op, value) => (op === 'one_of' ? isTexts(value) : isText(value)),
  tag: (op, value) => (op === 'has' ? isText(value) : isTexts(value)),
  source: (_, value) => isText(value),
};

const isPreference: FindWrong = (part, path) => {
  if (!isRecord(part) || !isText(part['field']) || !isNumber(part['weight'])) return path;
  const kind = kindOfField(part['field'])?.kind;
  const fits =
    kind === 'number'
      ? isNumber(part['toward']) && isNumber(part['spread'])
      : kind === 'tag'
        ? isText(part['has'])
        : part['field'] === 'release_date' && part['newest'] === true;
  return fits ? undefined : path;
};

const isReference = (part: unknown) =>
  isRecord(part) && Object.keys(part).length === 1 && (isNumber(part['recordingId']) || isText(part['isrc']) || isText(part['trackId']));
const reference = valueThat(isReference);

/** An example of what a list goes with: a recording, an artist or a playlist. */
const seed = valueThat(
  (part) => isReference(part) || (isRecord(part) && Object.keys(part).length === 1 && (isText(part['artistId']) || isNumber(part['playlistIndex']))),
);

const PARTS: Readonly<Record<keyof Policy, FindWrong>> = {
  version: number,
  pool: inRule(0),
  prefer: each(isPreference),
  caps: shape({ perArtist: number, perAlbum: number }, ['perArtist', 'perAlbum']),
  rest: shape({ days: number, scope: valueThat((part) => part === 'network' || part === 'playlist' || part === 'policy') }, ['days', 'scope']),
  size: number,
  separation: shape({ artist: number }, ['artist']),
  duration: shape({ minutes: number, tolerance: number }, ['minutes']),
  mix: each(shape({ name: text, rule: inRule(0), share: number }, ['name', 'rule', 'share'])),
  flow: shape({ energy: text, harmonic: number, tempo: number }),
  turnover: number,
  pins: each(shape({ recording: reference, position: number }, ['recording'])),
  bans: shape({ recordings: each(reference), artists: valueThat(isTexts), albums: valueThat(isTexts) }),
  exclusivity: shape({ group: text, yieldsTo: valueThat(isTexts) }),
  variety: number,
  seed: text,
};

/** What documents of version 2 have in addition. */
const LIST_PARTS: Readonly<Record<keyof PolicyV2, FindWrong>> = {
  ...PARTS,
  songs: shape({ days: number }, ['days']),
  artistDays: number,
  seasonal: valueThat((part) => part === 'in_season' || part === 'always'),
  roles: shape({ opener: each(isPreference), closer: each(isPreference), peak: each(isPreference) }),
  goesWith: shape({ seeds: each(seed), avoid: each(seed), weight: number }),
};

/** Call only after the shape was checked: the casts rely on it. */
function withDefaults(value: Readonly<Record<string, unknown>>): Policy {
  const given = value as Partial<PolicyV2> & Pick<Policy, 'pool'>;
  const { duration } = given;
  const common = {
    pool: withUnknowns(given.pool),
    prefer: given.prefer ?? [],
    mix: (given.mix ?? []).map((block) => ({ ...block, rule: withUnknowns(block.rule) })),
    flow: { ...EMPTY_POLICY.flow, ...given.flow },
    bans: { ...EMPTY_POLICY.bans, ...given.bans },
    exclusivity: { ...EMPTY_POLICY.exclusivity, ...given.exclusivity },
    ...(duration ? { duration: { ...duration, tolerance: duration.tolerance ?? 3 } } : {}),
  };
  if (given.version === 2) {
    const roles = { ...EMPTY_LIST_POLICY.roles, ...given.roles };
    return { ...EMPTY_LIST_POLICY, ...given, ...common, roles, goesWith: { ...EMPTY_LIST_POLICY.goesWith, ...given.goesWith } };
  }
  return { ...EMPTY_POLICY, ...(value as Partial<typeof EMPTY_POLICY>), ...common };
}

function withUnknowns(rule: Rule): Rule {
  if ('all' in rule) return { all: rule.all.map(withUnknowns) };
  if ('any' in rule) return { any: rule.any.map(withUnknowns) };
  if ('not' in rule) return { not: withUnknowns(rule.not) };
  return { ...rule, whenUnknown: rule.whenUnknown ?? 'exclude' };
}
