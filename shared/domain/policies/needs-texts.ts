import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';

/** Whether a policy needs titles and names: its rules test them, its pins are shown by title, or it knows songs and seasons (version 2). */
export function policyNeedsTexts(policy: Policy): boolean {
  return policy.version === 2 || policy.pins.length > 0 || needsTexts(policy.pool) || policy.mix.some((block) => needsTexts(block.rule));
}

/** Whether evaluating the rule needs titles, artist names or album names, which a catalog is otherwise built without. */
export function needsTexts(rule: Rule): boolean {
  if ('all' in rule) return rule.all.some(needsTexts);
  if ('any' in rule) return rule.any.some(needsTexts);
  if ('not' in rule) return needsTexts(rule.not);
  return rule.field === 'title' || rule.field === 'album' || rule.field === 'artist';
}
