import path from 'node:path';
import { kill, pid, stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ledgerExportInput } from '#shared/contracts/playlists/certificate.ts';
import { SYSTEM } from '#server/actor.ts';
import { openStream } from '#server/database/drivers.ts';
import { lockDataFolder } from '#server/embedded/data-folder-lock.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { readProcessEnv } from '#server/env.ts';
import type { Env } from '#server/env.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { migrateDatabase } from '#server/database/migrations.ts';
import { checkDatabase } from '#server/database/prepare-database.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { exportLedger } from '#server/use-cases/playlists/export-ledger.ts';

/** `npm run export:ledger -- --from DAY --to DAY > FILE` streams the ledger of these days. With the embedded database Segue must be stopped, because this command starts that database itself. */
async function run(lifecycle: ProcessLifecycle): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const days = ledgerExportInput.safeParse(values);
  if (!days.success)
    throw new StartError('No valid days were given. Use npm run -s export:ledger -- --from YYYY-MM-DD --to YYYY-MM-DD > ledger.ndjson', {
      exitCode: EXIT_CONFIG,
    });
  const stream = openStream(await openDatabase(readProcessEnv(), lifecycle), { role: 'jobs', name: 'segue export', max: 2 });
  lifecycle.defer(() => stream.end({ timeout: 5 }));
  await pipeline(Readable.from(exportLedger({ stream, now: () => new Date() }, SYSTEM, days.data)), stdout, { end: false });
  kill(pid, 'SIGTERM');
}

async function openDatabase(env: Env, lifecycle: ProcessLifecycle): Promise<string> {
  if (env.DATABASE_URL) return checkDatabase(env.DATABASE_URL);
  lifecycle.defer(lockDataFolder(env.SEGUE_HOME));
  const server = await startEmbeddedPostgres({ dataFolder: path.join(env.SEGUE_HOME, 'postgres') });
  lifecycle.defer(() => server.stop());
  await migrateDatabase(server.url);
  return server.url;
}

await runProcess(run);
