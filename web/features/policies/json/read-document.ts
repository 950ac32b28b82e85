import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import { kindOfField } from '../rules/rule-fields.ts';
import type { FieldKind } from '../rules/rule-fields.ts';
import { POLICY_DEPTH_MAX } from '#shared/domain/policies/policy-fields.ts';
import { isList, isNumber, isRecord, isText, isTexts } from './json-kinds.ts';
import { EMPTY_POLICY } from '../editor/policy-templates.ts';

export type DocumentReading = { readonly kind: 'policy'; readonly policy: PolicyV1 } | { readonly kind: 'unshown'; readonly field: string };

/**
 * Reads a JSON value as a policy that the builder can show, with what was left out filled in. Says where it is of another form instead of
 * guessing: the value itself is never changed. Whether the policy makes sense is the server's to say.
 */
export function readDocument(value: unknown): DocumentReading {
  if (!isRecord(value) || value['version'] !== 1) return { kind: 'unshown', field: isRecord(value) ? 'version' : '' };
  const stray = Object.keys(value).find((key) => !Object.hasOwn(PARTS, key));
  if (stray !== undefined) return { kind: 'unshown', field: stray };
  const missing = value['pool'] === undefined ? 'pool' : undefined;
  const wrong = missing ?? Object.entries(PARTS).flatMap(([key, find]) => (value[key] === undefined ? [] : (find(value[key], key) ?? [])))[0];
  if (wrong !== undefined) return { kind: 'unshown', field: wrong };
  return { kind: 'policy', policy: filled(value) };
}

/** Finds the first part that is not of the form, by its path. */
type Find = (part: unknown, path: string) => string | undefined;

const which =
  (isRight: (part: unknown) => boolean): Find =>
  (part, path) =>
    isRight(part) ? undefined : path;

const shape =
  (keys: Readonly<Record<string, Find>>, required: readonly string[] = []): Find =>
  (part, path) => {
    if (!isRecord(part)) return path;
    const stray = Object.keys(part).find((key) => !Object.hasOwn(keys, key)) ?? required.find((key) => part[key] === undefined);
    if (stray !== undefined) return `${path}.${stray}`;
    return Object.entries(keys).flatMap(([key, find]) => (part[key] === undefined ? [] : (find(part[key], `${path}.${key}`) ?? [])))[0];
  };

const each =
  (find: Find): Find =>
  (part, path) =>
    isList(part) ? part.flatMap((one, at) => find(one, `${path}.${at}`) ?? [])[0] : path;

const number = which(isNumber);
const text = which(isText);

const inRule =
  (depth: number): Find =>
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

const isPreference: Find = (part, path) => {
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

const reference = which(
  (part) => isRecord(part) && Object.keys(part).length === 1 && (isNumber(part['recordingId']) || isText(part['isrc']) || isText(part['trackId'])),
);

const PARTS: Readonly<Record<keyof PolicyV1, Find>> = {
  version: number,
  pool: inRule(0),
  prefer: each(isPreference),
  caps: shape({ perArtist: number, perAlbum: number }, ['perArtist', 'perAlbum']),
  rest: shape({ days: number, scope: which((part) => part === 'network' || part === 'playlist' || part === 'policy') }, ['days', 'scope']),
  size: number,
  separation: shape({ artist: number }, ['artist']),
  duration: shape({ minutes: number, tolerance: number }, ['minutes']),
  mix: each(shape({ name: text, rule: inRule(0), share: number }, ['name', 'rule', 'share'])),
  flow: shape({ energy: text, harmonic: number, tempo: number }),
  turnover: number,
  pins: each(shape({ recording: reference, position: number }, ['recording'])),
  bans: shape({ recordings: each(reference), artists: which(isTexts), albums: which(isTexts) }),
  exclusivity: shape({ group: text, yieldsTo: which(isTexts) }),
  variety: number,
  seed: text,
};

/** Only after the form was found right: then the parts are what the type says. */
function filled(value: Readonly<Record<string, unknown>>): PolicyV1 {
  const given = value as Partial<PolicyV1> & Pick<PolicyV1, 'pool'>;
  const { duration } = given;
  return {
    ...EMPTY_POLICY,
    ...given,
    pool: withUnknowns(given.pool),
    prefer: given.prefer ?? [],
    mix: (given.mix ?? []).map((block) => ({ ...block, rule: withUnknowns(block.rule) })),
    flow: { ...EMPTY_POLICY.flow, ...given.flow },
    bans: { ...EMPTY_POLICY.bans, ...given.bans },
    exclusivity: { ...EMPTY_POLICY.exclusivity, ...given.exclusivity },
    ...(duration ? { duration: { ...duration, tolerance: duration.tolerance ?? 3 } } : {}),
  };
}

function withUnknowns(rule: Rule): Rule {
  if ('all' in rule) return { all: rule.all.map(withUnknowns) };
  if ('any' in rule) return { any: rule.any.map(withUnknowns) };
  if ('not' in rule) return { not: withUnknowns(rule.not) };
  return { ...rule, whenUnknown: rule.whenUnknown ?? 'exclude' };
}
