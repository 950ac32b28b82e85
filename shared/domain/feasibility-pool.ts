import type { Rule } from '../contracts/policy.ts';

/** Whether what a rule admits changes by itself as days go by: it counts days back from the list's day. */
export function changesWithTime(rule: Rule): boolean {
  if ('all' in rule) return rule.all.some(changesWithTime);
  if ('any' in rule) return rule.any.some(changesWithTime);
  if ('not' in rule) return changesWithTime(rule.not);
  return rule.op === 'within_days' || rule.op === 'older_than_days';
}
