import { kill, pid, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { createAssetStores } from '#server/asset-stores.ts';
import { readProcessEnv } from '#server/env.ts';
import { createLog } from '#server/runtime/log.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { moveAssets } from '#server/use-cases/studio/files/move-assets.ts';

/**
 * `npm run assets:move -- --to s3` (or `--to disk`) moves every stored file to the store that ASSETS_STORE names, while Segue runs. `--keep` leaves the
 * files where they were, too. An interrupted run goes on when it is started again.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, keep: { type: 'boolean', default: false } } });
  const env = readProcessEnv();
  const { disk, s3 } = createAssetStores(env, () => new Date());
  const target = values.to;
  if (target !== 's3' && target !== 'disk') throw invalid('Name the store: npm run assets:move -- --to s3, or --to disk.');
  if (!s3) throw invalid('No bucket is set up. Set S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.');
  // Otherwise Segue would go on writing to the store that is being emptied.
  if (env.ASSETS_STORE !== target)
    throw invalid(`ASSETS_STORE is ${env.ASSETS_STORE}. Set it to ${target}, restart every process of Segue, then run this again.`);
  const log = createLog({ level: env.LOG_LEVEL, format: env.LOG_FORMAT ?? 'lines', secrets: [env.S3_SECRET_ACCESS_KEY ?? ''] });
  const stores = target === 's3' ? { from: disk, to: s3 } : { from: s3, to: disk };
  const moved = await moveAssets({ log }, { ...stores, keep: values.keep }, new AbortController().signal);
  stdout.write(`${moved.files} files (${(moved.bytes / 1_000_000).toFixed(1)} MB) are in the store ${target} and were read back.\n`);
  if (moved.damaged.length > 0) {
    throw new StartError(`${moved.damaged.length} files are damaged and were left where they are. The log names them; restore them from a backup.`, {
      exitCode: EXIT_CONFIG,
    });
  }
  kill(pid, 'SIGTERM');
}

function invalid(message: string): StartError {
  return new StartError(message, { exitCode: EXIT_CONFIG });
}

await runProcess(run);
