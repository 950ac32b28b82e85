import type { z } from 'zod';
import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, rule, TAG_FIELDS, TEXT_FIELDS } from '#shared/contracts/policies/policy.ts';
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

/** As the contract has it. */
const GROUP_MAX = 200;
const FORMAT = 'Correct this value and try again.';
const FORMS = 'Use {"field": …, "op": …, "value": …}, or a group with one of all, any, not.';
const PREFERENCES =
  'Use {"field": "energy", "toward": 0.7, "spread": 0.2, "weight": 1}, {"field": "genre", "has": "jazz", "weight": 1} or {"field": "release_date", "newest": true, "weight": 1}.';

const REFS = 'Use {"recordingId": 12}, {"isrc": "GBAYE0601498"} or {"trackId": "…22 letters and digits…"}.';

/** The first thing in which a document misses the form, in words, with the dotted path to it. */
export function explainIssues(value: unknown, issues: readonly Issue[]): PolicyProblem {
  const [issue] = issues;
  if (!issue) return { field: '', message: 'The policy could not be read.', remedy: FORMAT };
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const field = path.join('.');
  if (path[0] === 'pool' && isRecord(value) && 'pool' in value) return explainRule(value['pool'], 'pool');
  const block = path[0] === 'mix' && path[2] === 'rule' ? ruleOfBlock(value, Number(path[1])) : undefined;
  if (block) return explainRule(block.rule, `mix.${String(path[1])}.rule`);
  if ((path[0] === 'pins' || path[0] === 'bans') && issue.code === 'invalid_union')
    return { field, message: 'This names no recording.', remedy: REFS };
  if (path[0] === 'prefer' && issue.code === 'invalid_union') return { field, message: 'This is no preference.', remedy: PREFERENCES };
  const message = `${field === '' ? 'The policy' : field}: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}.`;
  return { field, message, remedy: FORMAT };
}

function ruleOfBlock(value: unknown, index: number): { rule: unknown } | undefined {
  const mix: unknown = isRecord(value) ? value['mix'] : undefined;
  const block: unknown = Array.isArray(mix) ? mix[index] : undefined;
  return isRecord(block) && 'rule' in block ? { rule: block['rule'] } : undefined;
}

/** Walks down to the rule that is wrong by itself: a union's own complaint says only that no form fitted. */
function explainRule(part: unknown, field: string): PolicyProblem {
  if (!isRecord(part)) return { field, message: 'A rule has to be an object.', remedy: FORMS };
  if ('field' in part) return explainLeaf(part, field);
  const [group, ...others] = Object.keys(part);
  if (others.length === 0 && group === 'not') return explainRule(part[group], `${field}.not`);
  if (others.length > 0 || (group !== 'all' && group !== 'any')) return { field, message: 'This is neither a rule nor a group.', remedy: FORMS };
  const parts: unknown = part[group];
  if (!Array.isArray(parts) || parts.length > GROUP_MAX)
    return { field: `${field}.${group}`, message: `"${group}" holds a list of at most ${GROUP_MAX} rules.`, remedy: FORMS };
  const wrong = parts.findIndex((one) => !rule.safeParse(one).success);
  if (wrong >= 0) return explainRule(parts[wrong], `${field}.${group}.${wrong}`);
  return {
    field: `${field}.${group}`,
    message: 'An "any" without rules admits nothing.',
    remedy: 'Add a rule, or use {"all": []} for the whole catalogue.',
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
    return { field: `${field}.op`, message: `${quote(part['op'])} is no comparison for ${name}.`, remedy: `Use ${known.ops.join(', ')}.` };
  }
  const stray = Object.keys(part).find((key) => !['field', 'op', 'value', 'whenUnknown'].includes(key));
  if (stray !== undefined) return { field: `${field}.${stray}`, message: `A rule has no ${quote(stray)}.`, remedy: 'Remove it.' };
  const whenUnknown = part['whenUnknown'];
  if (whenUnknown !== undefined && whenUnknown !== 'exclude' && whenUnknown !== 'include') {
    return { field: `${field}.whenUnknown`, message: `${quote(whenUnknown)} is not known here.`, remedy: 'Use "exclude" or "include".' };
  }
  return { field: `${field}.value`, message: `${quote(part['value'])} is no value for ${name}.`, remedy: `Give ${known.value}.` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 39)}…` : value}”`;
  if (typeof value === 'number' || typeof value === 'boolean') return `“${value}”`;
  return value === undefined || value === null ? 'Nothing' : 'This';
}
