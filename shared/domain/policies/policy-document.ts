import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { AppError } from '#shared/errors.ts';
import { explainIssues } from './policy-issues.ts';
import { findContradiction } from './policy-contradictions.ts';
import { findExcess } from './policy-limits.ts';
import type { PolicyProblem } from './policy-limits.ts';

/**
 * Parses a policy document and fills in defaults. Throws `invalid_input` with the dotted field and a remedy when it is too deep, too large, malformed or
 * contradicts itself. Never overflows the stack, however deep the value is.
 */
export function parsePolicy(value: unknown): PolicyV1 {
  const excess = findExcess(value);
  if (excess) throw refuse(excess);
  const parsed = policyV1.safeParse(value);
  if (!parsed.success) throw refuse(explainIssues(value, parsed.error.issues));
  const contradiction = findContradiction(parsed.data);
  if (contradiction) throw refuse(contradiction);
  return parsed.data;
}

function refuse({ field, message, remedy }: PolicyProblem): AppError {
  return new AppError('invalid_input', { message, remedy, field: field || 'policy' });
}
