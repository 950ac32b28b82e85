import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { AppError } from '#shared/errors.ts';
import { accountId } from '#shared/ids.ts';
import { z } from 'zod';
import { openInstance } from '#tests/support/processes/instance.ts';

/**
 * A process that requests an account's access token on command. Arguments: database address, the sandbox's variables as JSON, more variables as JSON.
 * Each message contains the account, the number of concurrent callers and the current time.
 */
const command = z.object({ accountId, callers: z.int(), nowMs: z.number() });

const [databaseUrl = '', sandbox = '{}', variables = '{}'] = process.argv.slice(2);
let aheadMs = 0;
const deps = openInstance(databaseUrl, JSON.parse(sandbox) as Record<string, string>, {
  variables: JSON.parse(variables) as Record<string, string>,
  now: () => new Date(Date.now() + aheadMs),
});

process.on('message', (message) => {
  const { accountId: id, callers, nowMs } = command.parse(message);
  aheadMs = nowMs - Date.now();
  const calls = Array.from({ length: callers }, () => withAccessToken(deps, id, (token) => Promise.resolve(token)));
  void Promise.allSettled(calls).then((results) =>
    process.send?.({
      tokens: [...new Set(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))],
      refusals: results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason instanceof AppError ? result.reason.code : String(result.reason)] : [],
      ),
    }),
  );
});
process.on('disconnect', () => void deps.close().then(() => process.exit(0)));
