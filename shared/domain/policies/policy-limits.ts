import { POLICY_DEPTH_MAX, POLICY_NODES_MAX, TEXT_FIELDS } from '#shared/contracts/policies/policy.ts';
import { isStorable } from '#shared/domain/text.ts';

/** A problem of a policy document: where it is, what is wrong, and how to fix it. */
export interface PolicyProblem {
  /** Dotted path from the policy: `pool.all.0.value`; empty for the whole. */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** Bans have a separate, higher limit: long lists of bans are not complex. */
const BANS_MAX = 12_000;

/** Text rules compare every title, artist or album with every text: with more of them a preview takes longer than a person waits. */
const TEXT_RULES_MAX = 100;
const TEXTS_CONTAINED_MAX = 500;

interface Part {
  readonly part: object;
  readonly depth: number;
  /** The key of the policy that it belongs to. */
  readonly root: string;
  /** Dotted path from the policy. */
  readonly path: string;
}

/**
 * Whether a value is too deep or too large for recursive code, or has text that Postgres cannot store. Uses an explicit stack. A level is an object
 * within an object; lists in between do not count, but lists within lists do.
 */
export function findExcess(value: unknown): PolicyProblem | undefined {
  const stack: Part[] = [];
  const nodes = { bans: 0, others: 0 };
  const texts = { rules: 0, contained: 0 };
  if (typeof value === 'object' && value !== null) stack.push({ part: value, depth: 0, root: '', path: '' });
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.depth > POLICY_DEPTH_MAX) return tooDeep(next.root);
    const isList = Array.isArray(next.part);
    countTexts(next.part, texts);
    if (texts.rules > TEXT_RULES_MAX || texts.contained > TEXTS_CONTAINED_MAX) return tooManyTexts(next.root, texts.rules > TEXT_RULES_MAX);
    for (const [key, inner] of Object.entries(next.part)) {
      const root = next.root || key;
      nodes[root === 'bans' ? 'bans' : 'others'] += 1;
      if (nodes.others > POLICY_NODES_MAX || nodes.bans > BANS_MAX) return tooMany(root);
      const path = next.path === '' ? key : `${next.path}.${key}`;
      if (typeof inner === 'string' && !isStorable(inner)) return unstorable(path);
      if (typeof inner !== 'object' || inner === null) continue;
      stack.push({ part: inner, depth: next.depth + (Array.isArray(inner) && !isList ? 0 : 1), root, path });
    }
  }
  return undefined;
}

/** Counts a text rule, and the texts that it searches for inside others. */
function countTexts(part: object, counted: { rules: number; contained: number }): void {
  if (!('field' in part) || !TEXT_FIELDS.some((field) => field === part.field)) return;
  counted.rules += 1;
  if (!('op' in part) || part.op !== 'contains' || !('value' in part)) return;
  counted.contained += Array.isArray(part.value) ? part.value.length : 1;
}

function tooManyTexts(field: string, areRules: boolean): PolicyProblem {
  const message = areRules
    ? `The policy has more than ${TEXT_RULES_MAX} rules about titles, artists and albums.`
    : `The policy searches for more than ${TEXTS_CONTAINED_MAX} texts inside titles, artists and albums.`;
  return { field, message, remedy: 'Combine exact names of one field in one rule with "one_of".' };
}

function unstorable(field: string): PolicyProblem {
  return { field, message: 'This text has a character that cannot be stored: NUL, or half of an emoji.', remedy: 'Enter the text again.' };
}

function tooDeep(field: string): PolicyProblem {
  const message = `The rules are nested more than ${POLICY_DEPTH_MAX} levels deep.`;
  return { field, message, remedy: 'Flatten the groups: an "all" within an "all" needs no group of its own.' };
}

function tooMany(field: string): PolicyProblem {
  if (field === 'bans')
    return {
      field,
      message: `The policy has more than ${BANS_MAX.toLocaleString('en')} bans.`,
      remedy: 'Ban artists or albums instead of single recordings.',
    };
  const message = `The policy has more than ${POLICY_NODES_MAX.toLocaleString('en')} parts.`;
  return { field, message, remedy: 'Combine many values of one field in one rule with "one_of" or "has_any".' };
}
