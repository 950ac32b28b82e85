import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';

/** Whether a rule admits different recordings from day to day: it counts days back from the list's day. */
export function changesWithTime(rule: Rule): boolean {
  if ('all' in rule) return rule.all.some(changesWithTime);
  if ('any' in rule) return rule.any.some(changesWithTime);
  if ('not' in rule) return changesWithTime(rule.not);
  return rule.op === 'within_days' || rule.op === 'older_than_days';
}

/** Whether the pool or a block of a policy has age rules, so that it admits different recordings from day to day. */
export function hasAges(policy: Policy): boolean {
  return changesWithTime(policy.pool) || policy.mix.some((block) => changesWithTime(block.rule));
}
