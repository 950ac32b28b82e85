import { policyV1, policyV2 } from '#shared/contracts/policies/policy.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { isVersionTwo } from '#shared/domain/policies/policy-document.ts';

/** Parses a stored policy with the current schema: fields that an earlier version of Segue did not have get their default. */
export function readStoredPolicy(body: unknown): Policy {
  return isVersionTwo(body) ? policyV2.parse(body) : policyV1.parse(body);
}

const restRules = policyV1.pick({ rest: true });

/** Parses the repeat window of a stored policy; one without it has the default. */
export function readStoredRest(body: unknown): Pick<Policy, 'rest'> {
  return restRules.parse(body);
}
