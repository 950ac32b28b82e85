import { kill, pid, stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ledgerExportInput } from '#shared/contracts/playlists/ledger-export.ts';
import { SYSTEM } from '#server/actor.ts';
import { openCommandDatabase } from '#server/commands/command-database.ts';
import { openStream } from '#server/database/drivers.ts';
import { openSigningContext } from '#server/commands/signing-context.ts';
import { readProcessEnv } from '#server/env.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { exportLedger } from '#server/use-cases/playlists/export-ledger.ts';

/**
 * `npm run export:ledger -- --from DAY --to DAY > FILE` streams the signed ledger of these days. With the embedded database Segue must be stopped,
 * because this command starts that database itself.
 */
async function run(lifecycle: ProcessLifecycle): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const days = ledgerExportInput.safeParse({ ...values });
  if (!days.success)
    throw new StartError('No valid days were given. Use npm run -s export:ledger -- --from YYYY-MM-DD --to YYYY-MM-DD > ledger.ndjson', {
      exitCode: EXIT_CONFIG,
    });
  const env = readProcessEnv();
  const address = await openCommandDatabase(env, lifecycle)();
  const stream = openStream(address, { role: 'jobs', name: 'segue export', max: 2 });
  lifecycle.defer(() => stream.end({ timeout: 5 }));
  const deps = { ...openSigningContext(env, address, lifecycle), stream };
  await pipeline(Readable.from(exportLedger(deps, SYSTEM, days.data)), stdout, { end: false });
  kill(pid, 'SIGTERM');
}

await runProcess(run);
