import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';

/** Parses a stored policy with the current schema: fields that an earlier version of Segue did not have get their default. */
export function readStoredPolicy(body: unknown): PolicyV1 {
  return policyV1.parse(body);
}

const restRules = policyV1.pick({ rest: true });

/** Parses the repeat window of a stored policy; one without it has the default. */
export function readStoredRest(body: unknown): Pick<PolicyV1, 'rest'> {
  return restRules.parse(body);
}
