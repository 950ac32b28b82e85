import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import type { JobFix } from '#shared/contracts/job-views.ts';
import type { ErrorCode } from '#shared/errors.ts';

const replay = (label: string): JobFix => ({ kind: 'replay', label });
const ACCOUNTS: JobFix = { kind: 'open', label: 'Open accounts', href: '/admin/accounts' };

/** For every error code the one fix that helps and cannot harm (exhaustive). Every task may be run again at any time. */
const FIXES: Record<ErrorCode, JobFix> = {
  not_found: replay('Run again'),
  gone: replay('Run again'),
  unauthenticated: ACCOUNTS,
  forbidden: ACCOUNTS,
  conflict: replay('Run again'),
  invalid_input: { kind: 'open', label: 'Open policies', href: '/admin/policies' },
  too_large: replay('Run again'),
  quota_exceeded: replay('Try again now'),
  rate_limited: replay('Try again now'),
  reauth_required: ACCOUNTS,
  provider_rejected: replay('Try again now'),
  provider_unavailable: replay('Try again now'),
  unavailable: replay('Try again now'),
};

/** The safe fix of a failed or postponed run; null for one that succeeded, is in progress, was canceled, or retries automatically. */
export function safeFixFor(run: Pick<JobRunRow, 'status' | 'errorCode' | 'retryAt' | 'payload'>): JobFix | null {
  if (run.status === 'put_off' && run.retryAt !== null) return null;
  if (run.status !== 'failed' && run.status !== 'put_off') return null;
  const fix = run.errorCode === null ? replay('Run again') : FIXES[run.errorCode];
  return fix.kind === 'replay' && run.payload === null ? null : fix;
}
