import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { AppError } from '#shared/errors.ts';
import { accountId } from '#shared/ids.ts';
import { z } from 'zod';
import { openHouse } from '#tests/support/processes/house.ts';

/**
 * A process that asks for an account's token whenever its parent says so. Arguments: the database, the sandbox's variables as JSON, more variables as
 * JSON. Each message names the account, how many callers ask at once, and what time it is.
 */
const order = z.object({ accountId, callers: z.int(), nowMs: z.number() });

const [databaseUrl = '', sandbox = '{}', variables = '{}'] = process.argv.slice(2);
let aheadMs = 0;
const deps = openHouse(databaseUrl, JSON.parse(sandbox) as Record<string, string>, {
  variables: JSON.parse(variables) as Record<string, string>,
  now: () => new Date(Date.now() + aheadMs),
});

process.on('message', (message) => {
  const { accountId: id, callers, nowMs } = order.parse(message);
  aheadMs = nowMs - Date.now();
  const asks = Array.from({ length: callers }, () => withAccessToken(deps, id, (token) => Promise.resolve(token)));
  void Promise.allSettled(asks).then((ends) =>
    process.send?.({
      tokens: [...new Set(ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])))],
      refusals: ends.flatMap((end) => (end.status === 'rejected' ? [end.reason instanceof AppError ? end.reason.code : String(end.reason)] : [])),
    }),
  );
});
process.on('disconnect', () => void deps.close().then(() => process.exit(0)));
