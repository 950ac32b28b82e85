import { AppError } from '#shared/errors.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import { z } from 'zod';
import { openHouse } from '#tests/support/processes/house.ts';

/**
 * A process that asks Spotify whenever its parent says so: for an album, or for a token in exchange for one that nobody issued. Arguments: the database,
 * the sandbox's variables as JSON, more variables as JSON. Each message says what time it is, and after how long the asker gives up.
 */
const order = z.object({ id: z.int(), nowMs: z.number(), album: spotifyAlbumId.optional(), patienceMs: z.number().optional() });

const [databaseUrl = '', sandbox = '{}', variables = '{}'] = process.argv.slice(2);
let aheadMs = 0;
const deps = openHouse(databaseUrl, JSON.parse(sandbox) as Record<string, string>, {
  variables: JSON.parse(variables) as Record<string, string>,
  now: () => new Date(Date.now() + aheadMs),
});

process.on('message', (message) => {
  const { id, nowMs, album, patienceMs } = order.parse(message);
  aheadMs = nowMs - Date.now();
  const giveUp = new AbortController();
  const timer = patienceMs === undefined ? undefined : setTimeout(() => giveUp.abort(new Error('Nobody waits here.')), patienceMs);
  const asking: Promise<unknown> =
    album === undefined ? deps.spotifyAccounts.refresh('nobody-issued-this', giveUp.signal) : deps.catalogue.readAlbums([album], giveUp.signal);
  void asking
    .then(
      () => ({ kind: 'answered' }),
      (error: unknown) => told(error),
    )
    .then((said) => process.send?.({ id, ...said }))
    .finally(() => clearTimeout(timer));
});
process.on('disconnect', () => void deps.close().then(() => process.exit(0)));

function told(error: unknown) {
  if (!(error instanceof AppError)) return { kind: 'failed', message: String(error) };
  const { code, message, context, retryAfterMs } = error;
  return { kind: 'refused', code, message, why: context?.['kind'], retryAfterMs };
}
