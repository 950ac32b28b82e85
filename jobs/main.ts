import { startRuntime } from '#server/start-runtime.ts';
import { readProcessEnv } from '#server/env.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import { CRONTAB } from './crontab.ts';
import { runWorker } from './run-worker.ts';
import { createTasks } from './tasks/index.ts';

/** URL of the pages when PUBLIC_URL is not set: the server's default. */
const SERVER_URL = 'http://127.0.0.1:3000';

await runProcess(async (life) => {
  const runtime = await startRuntime(readProcessEnv(), { isWhole: false, url: SERVER_URL }, life);
  const tasks = createTasks(runtime.deps);
  const worker = await runWorker(runtime.deps, {
    databaseUrl: runtime.env.DATABASE_URL,
    tasks,
    crontab: CRONTAB,
    isOnlyProcess: runtime.hasOwnDatabase,
    onFatal: life.fail,
  });
  life.defer(() => worker.stop());
  process.stdout.write('The worker is running: it takes jobs and starts scheduled ones.\n');
});
