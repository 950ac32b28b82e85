import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const refreshTokensTask = (deps: Deps) =>
  defineTask(deps, 'refresh-tokens', {
    timeoutMs: 10 * MINUTE_MS,
    run: async ({ accountId, trigger }, signal) => {
      // A refresh of one account is not shown as a run: its result is on the account.
      if (accountId) await refreshTokens(deps, { accountId, signal });
      else await trackRun(deps, { task: 'refresh-tokens', trigger, signal }, (report) => refreshTokens(deps, { signal }, report));
    },
  });
