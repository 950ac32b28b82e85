import { policyV1, policyV2 } from '#shared/contracts/policies/policy.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { AppError } from '#shared/errors.ts';
import { explainIssues } from './policy-issues.ts';
import { findContradiction } from './policy-contradictions.ts';
import { findExcess } from './policy-limits.ts';
import type { PolicyProblem } from './policy-limits.ts';

/**
 * Parses a policy document and fills in defaults. Throws `invalid_input` with the dotted field and a remedy when it is too deep, too large, malformed or
 * contradicts itself. Never overflows the stack, however deep the value is.
 */
export function parsePolicy(value: unknown): Policy {
  const excess = findExcess(value);
  if (excess) throw refuse(excess);
  const parsed = isVersionTwo(value) ? policyV2.safeParse(value) : policyV1.safeParse(value);
  if (!parsed.success) throw refuse(explainIssues(value, parsed.error.issues));
  const contradiction = findContradiction(parsed.data);
  if (contradiction) throw refuse(contradiction);
  return parsed.data;
}

/** Whether a document says that it is of version 2. */
export function isVersionTwo(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 2;
}

function refuse({ field, message, remedy }: PolicyProblem): AppError {
  return new AppError('invalid_input', { message, remedy, field: field || 'policy' });
}
