import type { Policy, PolicyV2 } from '#shared/contracts/policies/policy.ts';
import type { PolicyDifference } from '#shared/contracts/policies/policy-views.ts';
import { describePreference, formatFieldValue } from './describe-policy.ts';
import { EMPTY_LIST_POLICY } from './empty-policy.ts';
import { listDifferences } from './policy-diff.ts';

type PolicyV1 = Extract<Policy, { version: 1 }>;

/** The same policy as version 2: every value stays, and what only version 2 has gets its default. */
export function toVersionTwo(policy: PolicyV1): PolicyV2 {
  return { ...EMPTY_LIST_POLICY, ...policy, version: 2 };
}

/**
 * What the conversion changes, in words: the settings that are added, then what the values that stay mean from now on. Both sides say the whole meaning,
 * because a list of version 2 is another list under the same numbers.
 */
export function describeConversion(policy: PolicyV1): PolicyDifference[] {
  return [...listDifferences(policy, toVersionTwo(policy)), ...policy.prefer.map(preferenceMeaning), ...restMeanings(policy)];
}

function preferenceMeaning(preference: PolicyV1['prefer'][number], at: number): PolicyDifference {
  const path = `prefer.${at}`;
  const what = `Target: ${describePreference(preference)}`;
  if ('toward' in preference) {
    const [toward, spread] = [preference.toward, preference.spread].map((value) => formatFieldValue(preference.field, value));
    return {
      path,
      what,
      before: `Each track as near ${toward} as possible; the score halves ${spread} away`,
      after: `The list has a mean of ${toward} and a standard deviation of ${spread}`,
    };
  }
  if ('has' in preference)
    return { path, what, before: 'Tracks with the tag score higher', after: 'Tracks with the tag are drawn more often than the rest of the pool' };
  return { path, what, before: 'The score halves after one year', after: 'By rank within the pool, however old it is' };
}

function restMeanings({ prefer, variety, flow }: PolicyV1): PolicyDifference[] {
  return [
    ...(prefer.length === 0
      ? []
      : [{ path: 'prefer', what: 'Unknown values', before: 'Score in the middle', after: 'Neither help nor harm a track' }]),
    {
      path: 'variety',
      what: 'Randomness',
      before: `${Math.round(variety * 100)}% of each score is chance; the best scores come first`,
      after: 'Tracks are drawn by lot, so the last day of the repeat window is as good as the first',
    },
    {
      path: 'flow',
      what: 'Order',
      before: 'Neighbors as alike as possible',
      after: 'Steps that nobody hears cost nothing, so that the list is not sorted',
    },
    ...(flow.tempo > 0 ? [{ path: 'flow.tempo', what: 'Tempo matching', before: 'By BPM', after: 'By BPM, also at half and double time' }] : []),
  ];
}
