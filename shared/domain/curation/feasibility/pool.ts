import type { Rule } from '#shared/contracts/policies/policy.ts';
import { dayText } from '#shared/domain/calendar.ts';

interface Days {
  /** Day number of the first. */
  readonly from: number;
  readonly days: number;
}

/**
 * A date-independent bound of a rule over several days: with `always` it admits only what the rule admits on every day, with `ever` at least what the
 * rule admits on any day. Ages become dates; everything else stays.
 */
export function overDays(rule: Rule, mode: 'always' | 'ever', span: Days): Rule {
  if ('all' in rule) return { all: rule.all.map((part) => overDays(part, mode, span)) };
  if ('any' in rule) return { any: rule.any.map((part) => overDays(part, mode, span)) };
  if ('not' in rule) return { not: overDays(rule.not, mode === 'always' ? 'ever' : 'always', span) };
  if ((rule.op !== 'within_days' && rule.op !== 'older_than_days') || typeof rule.value !== 'number') return rule;
  const last = span.from + span.days - 1;
  const [first, final] = mode === 'always' ? [last, span.from] : [span.from, last];
  const { field, whenUnknown, value } = rule;
  const upTo = (day: number): Rule => ({ field, op: 'on_or_before', value: dayText(day), whenUnknown });
  if (rule.op === 'older_than_days') return upTo(final - value - 1);
  return { all: [{ field, op: 'on_or_after', value: dayText(first - value), whenUnknown }, upTo(final)] };
}
