import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const refreshTokensTask = (deps: Deps) =>
  defineTrackedTask(deps, 'refresh-tokens', {
    timeoutMs: 10 * MINUTE_MS,
    // A refresh of one account is not shown as a run: its result is on the account.
    trigger: ({ accountId, trigger }) => (accountId ? undefined : trigger),
    run: ({ accountId }, signal, report) => refreshTokens(deps, { accountId, signal }, report),
  });
