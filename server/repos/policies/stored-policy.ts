import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';

/** A policy as today's rules read it: what a document stored by an earlier version of Segue did not say is filled in with its default. */
export function readStoredPolicy(body: unknown): PolicyV1 {
  return policyV1.parse(body);
}
