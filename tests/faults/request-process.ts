import { AppError } from '#shared/errors.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import { z } from 'zod';
import { openInstance } from '#tests/support/processes/instance.ts';

/**
 * A process that sends a request to Spotify on command: for an album, or a token refresh with an unknown token. Arguments: database address, the
 * sandbox's variables as JSON, more variables as JSON. Each message contains the current time and when to give up.
 */
const command = z.object({ id: z.int(), nowMs: z.number(), album: spotifyAlbumId.optional(), patienceMs: z.number().optional() });

const [databaseUrl = '', sandbox = '{}', variables = '{}'] = process.argv.slice(2);
let aheadMs = 0;
const deps = openInstance(databaseUrl, JSON.parse(sandbox) as Record<string, string>, {
  variables: JSON.parse(variables) as Record<string, string>,
  now: () => new Date(Date.now() + aheadMs),
});

process.on('message', (message) => {
  const { id, nowMs, album, patienceMs } = command.parse(message);
  aheadMs = nowMs - Date.now();
  const canceled = new AbortController();
  const timer = patienceMs === undefined ? undefined : setTimeout(() => canceled.abort(new Error('The caller gave up.')), patienceMs);
  const request: Promise<unknown> =
    album === undefined ? deps.spotifyAccounts.refresh('nobody-issued-this', canceled.signal) : deps.catalog.readAlbums([album], canceled.signal);
  void request
    .then(
      () => ({ kind: 'answered' }),
      (error: unknown) => errorResult(error),
    )
    .then((result) => process.send?.({ id, ...result }))
    .finally(() => clearTimeout(timer));
});
process.on('disconnect', () => void deps.close().then(() => process.exit(0)));

function errorResult(error: unknown) {
  if (!(error instanceof AppError)) return { kind: 'failed', message: String(error) };
  const { code, message, context, retryAfterMs } = error;
  return { kind: 'refused', code, message, why: context?.['kind'], retryAfterMs };
}
