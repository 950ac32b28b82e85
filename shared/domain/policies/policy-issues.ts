import type { z } from 'zod';
import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, rule, TAG_FIELDS, TEXT_FIELDS } from '#shared/contracts/policies/policy.ts';
import { cutText } from '#shared/domain/text.ts';
import type { PolicyProblem } from './policy-limits.ts';

type Issue = z.core.$ZodIssue;

const OPS: readonly { readonly fields: readonly string[]; readonly ops: readonly string[]; readonly value: string }[] = [
  { fields: NUMBER_FIELDS, ops: ['gte', 'lte', 'eq', 'between'], value: 'a number, or [lowest, highest] for "between"' },
  {
    fields: DATE_FIELDS,
    ops: ['on_or_after', 'on_or_before', 'within_days', 'older_than_days'],
    value: 'a date YYYY-MM-DD or a number of days from 1 to 36,500',
  },
  { fields: FLAG_FIELDS, ops: ['is'], value: 'true or false' },
  { fields: TEXT_FIELDS, ops: ['equals', 'contains', 'one_of'], value: 'a text, or a list of texts for "one_of"' },
  { fields: TAG_FIELDS, ops: ['has', 'has_any', 'has_all'], value: 'a word, or a list of words for "has_any" and "has_all"' },
  { fields: ['features_source'], ops: ['is'], value: 'spotify, reccobeats, musicbrainz, lastfm, user or derived' },
];

/** The contract's maximum number of rules in a group. */
const GROUP_MAX = 200;
const FORMAT = 'Correct this value and try again.';
const RULE_FORMS = 'Use {"field": …, "op": …, "value": …}, or a group with one of all, any, not.';
const PREFERENCE_FORMS =
  'Use {"field": "energy", "toward": 0.7, "spread": 0.2, "weight": 1}, {"field": "genre", "has": "jazz", "weight": 1} or {"field": "release_date", "newest": true, "weight": 1}.';

const RECORDING_FORMS = 'Use {"recordingId": 12}, {"isrc": "GBAYE0601498"} or {"trackId": "…22 letters and digits…"}.';

const SEED_FORMS = `${RECORDING_FORMS.slice(0, -1)}, {"artistId": "…22 letters and digits…"} or {"playlistIndex": 12}.`;

/** The first validation issue of a document as a sentence, with the dotted path to it. */
export function explainIssues(value: unknown, issues: readonly Issue[]): PolicyProblem {
  const [issue] = issues;
  if (!issue) return { field: '', message: 'The policy could not be read.', remedy: FORMAT };
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const field = path.join('.');
  if (path[0] === 'pool' && isRecord(value) && 'pool' in value) return explainRule(value['pool'], 'pool');
  const block = path[0] === 'mix' && path[2] === 'rule' ? ruleOfBlock(value, Number(path[1])) : undefined;
  if (block) return explainRule(block.rule, `mix.${String(path[1])}.rule`);
  if ((path[0] === 'pins' || path[0] === 'bans') && issue.code === 'invalid_union')
    return { field, message: 'This does not identify a recording.', remedy: RECORDING_FORMS };
  if (path[0] === 'goesWith' && issue.code === 'invalid_union')
    return { field, message: 'This does not identify a recording, an artist or a playlist.', remedy: SEED_FORMS };
  if ((path[0] === 'prefer' || path[0] === 'roles') && issue.code === 'invalid_union')
    return { field, message: 'This is not a preference.', remedy: PREFERENCE_FORMS };
  const message = `${field === '' ? 'The policy' : field}: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}.`;
  return { field, message, remedy: FORMAT };
}

function ruleOfBlock(value: unknown, index: number): { rule: unknown } | undefined {
  const mix: unknown = isRecord(value) ? value['mix'] : undefined;
  const block: unknown = Array.isArray(mix) ? mix[index] : undefined;
  return isRecord(block) && 'rule' in block ? { rule: block['rule'] } : undefined;
}

/** Finds the innermost invalid rule: a union's own issue says only that no form matched. */
function explainRule(part: unknown, field: string): PolicyProblem {
  if (!isRecord(part)) return { field, message: 'A rule must be an object.', remedy: RULE_FORMS };
  if ('field' in part) return explainLeaf(part, field);
  const [group, ...others] = Object.keys(part);
  if (others.length === 0 && group === 'not') return explainRule(part[group], `${field}.not`);
  if (others.length > 0 || (group !== 'all' && group !== 'any')) return { field, message: 'This is neither a rule nor a group.', remedy: RULE_FORMS };
  const parts: unknown = part[group];
  if (!Array.isArray(parts) || parts.length > GROUP_MAX)
    return { field: `${field}.${group}`, message: `"${group}" must be a list of at most ${GROUP_MAX} rules.`, remedy: RULE_FORMS };
  const invalid = parts.findIndex((one) => !rule.safeParse(one).success);
  if (invalid >= 0) return explainRule(parts[invalid], `${field}.${group}.${invalid}`);
  return {
    field: `${field}.${group}`,
    message: 'A group that matches any rule needs at least one rule.',
    remedy: 'Add a rule, or use {"all": []} for the whole catalog.',
  };
}

function explainLeaf(part: Record<string, unknown>, field: string): PolicyProblem {
  const known = OPS.find((kind) => kind.fields.some((name) => name === part['field']));
  if (!known) {
    const fields = OPS.flatMap((kind) => kind.fields).join(', ');
    return { field: `${field}.field`, message: `There is no field ${quote(part['field'])}.`, remedy: `Use one of: ${fields}.` };
  }
  const name = known.fields.find((one) => one === part['field']) ?? '';
  if (!known.ops.some((op) => op === part['op'])) {
    return { field: `${field}.op`, message: `${quote(part['op'])} is not an operator for ${name}.`, remedy: `Use ${known.ops.join(', ')}.` };
  }
  const extraKey = Object.keys(part).find((key) => !['field', 'op', 'value', 'whenUnknown'].includes(key));
  if (extraKey !== undefined) return { field: `${field}.${extraKey}`, message: `A rule has no ${quote(extraKey)}.`, remedy: 'Remove it.' };
  const whenUnknown = part['whenUnknown'];
  if (whenUnknown !== undefined && whenUnknown !== 'exclude' && whenUnknown !== 'include') {
    return {
      field: `${field}.whenUnknown`,
      message: `${quote(whenUnknown)} is not a valid choice for unknown values.`,
      remedy: 'Use "exclude" or "include".',
    };
  }
  const value = part['value'];
  const label = name.replaceAll('_', ' ');
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    const isTag = TAG_FIELDS.some((tag) => tag === name);
    return { field: `${field}.value`, message: `No ${label} is given.`, remedy: isTag ? `Choose at least one ${label}.` : `Enter ${known.value}.` };
  }
  return { field: `${field}.value`, message: `${quote(value)} is not a valid ${label}.`, remedy: `Enter ${known.value}.` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  if (typeof value === 'string') return `“${value.length > 40 ? `${cutText(value, 39)}…` : value}”`;
  if (typeof value === 'number' || typeof value === 'boolean') return `“${value}”`;
  return value === undefined || value === null ? 'Nothing' : 'This';
}
