import type { z } from 'zod';
import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, TAG_FIELDS, TEXT_FIELDS } from '../contracts/policy.ts';
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

const PREFERENCES =
  'Use {"field": "energy", "toward": 0.7, "spread": 0.2, "weight": 1}, {"field": "genre", "has": "jazz", "weight": 1} or {"field": "release_date", "newest": true, "weight": 1}.';

/** Of all the ways a document missed the form, the one its writer most likely meant, in words. */
export function explainIssues(value: unknown, issues: readonly Issue[]): PolicyProblem {
  const path = deepest(issues, []);
  const part = at(value, path.rule ?? path.field);
  if (path.rule?.[0] === 'pool') return explainLeaf(part, path.rule.join('.'));
  if (path.rule?.[0] === 'prefer') return { field: path.rule.join('.'), message: 'This is no preference.', remedy: PREFERENCES };
  const field = path.field.join('.');
  return { field, message: sentence(path.message, field), remedy: 'Correct this value; the policy format is described in the README.' };
}

interface Found {
  readonly field: PropertyKey[];
  /** The rule that none of the known forms fitted, if it is one. */
  readonly rule: PropertyKey[] | undefined;
  readonly message: string;
}

/** Follows unions into the branch that got furthest: the others failed at the door. */
function deepest(issues: readonly Issue[], base: readonly PropertyKey[]): Found {
  let best: Found | undefined;
  for (const issue of issues) {
    const field = [...base, ...issue.path];
    const own: Found = {
      field: issue.code === 'unrecognized_keys' ? [...field, ...issue.keys.slice(0, 1)] : field,
      rule: undefined,
      message: issue.message,
    };
    const found = issue.code === 'invalid_union' ? inUnion(issue, field) : own;
    if (!best || found.field.length > best.field.length) best = found;
  }
  return best ?? { field: [...base], rule: undefined, message: 'Invalid value' };
}

function inUnion(issue: Extract<Issue, { code: 'invalid_union' }>, field: PropertyKey[]): Found {
  const own: Found = { field, rule: field, message: issue.message };
  let best = own;
  for (const branch of issue.errors) {
    const found = deepest(branch, field);
    // One step further is every branch's own complaint; two steps mean that this branch fitted and something inside did not.
    if (found.field.length > Math.max(field.length + 1, best.field.length)) best = found;
  }
  return best;
}

function explainLeaf(part: unknown, field: string): PolicyProblem {
  if (!isRecord(part))
    return { field, message: 'A rule has to be an object.', remedy: 'Use {"field": …, "op": …, "value": …} or a group: all, any, not.' };
  if (!('field' in part)) return explainGroup(part, field);
  const known = OPS.find((kind) => kind.fields.some((name) => name === part['field']));
  if (!known) {
    const fields = OPS.flatMap((kind) => kind.fields).join(', ');
    return { field: `${field}.field`, message: `There is no field ${quote(part['field'])}.`, remedy: `Use one of: ${fields}.` };
  }
  const name = String(part['field']);
  if (!known.ops.some((op) => op === part['op'])) {
    return { field: `${field}.op`, message: `${quote(part['op'])} is no comparison for ${name}.`, remedy: `Use ${known.ops.join(', ')}.` };
  }
  const stray = Object.keys(part).find((key) => !['field', 'op', 'value', 'whenUnknown'].includes(key));
  if (stray !== undefined) return { field: `${field}.${stray}`, message: `A rule has no ${quote(stray)}.`, remedy: 'Remove it.' };
  const { whenUnknown } = part as { whenUnknown?: unknown };
  if (whenUnknown !== undefined && whenUnknown !== 'exclude' && whenUnknown !== 'include') {
    return { field: `${field}.whenUnknown`, message: `${quote(whenUnknown)} is not known here.`, remedy: 'Use "exclude" or "include".' };
  }
  return { field: `${field}.value`, message: `${quote(part['value'])} is no value for ${name}.`, remedy: `Give ${known.value}.` };
}

function explainGroup(part: Record<string, unknown>, field: string): PolicyProblem {
  const groups = Object.keys(part);
  const [group] = groups;
  if (groups.length !== 1 || group === undefined || !['all', 'any', 'not'].includes(group)) {
    return {
      field,
      message: 'This is neither a rule nor a group.',
      remedy: 'Use {"field": …, "op": …, "value": …}, or a group with one of all, any, not.',
    };
  }
  if (group === 'any' && Array.isArray(part[group]) && part[group].length === 0) {
    return {
      field: `${field}.any`,
      message: 'An "any" without rules admits nothing.',
      remedy: 'Add a rule, or use {"all": []} for the whole catalogue.',
    };
  }
  return {
    field: `${field}.${group}`,
    message: `"${group}" holds ${group === 'not' ? 'one rule' : 'a list of at most 200 rules'}.`,
    remedy: 'Correct this group.',
  };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let part = value;
  for (const key of path) part = typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined;
  return part;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  if (value === undefined) return 'Nothing';
  const text = typeof value === 'string' || typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'this');
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}

function sentence(message: string, field: string): string {
  return `${field === '' ? 'The policy' : field}: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
}
