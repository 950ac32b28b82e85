import { openHouse } from '#server/boot.ts';
import { readProcessEnv } from '#server/env.ts';
import { runProcess } from '#server/runtime/process-life.ts';
import { CRONTAB } from './crontab.ts';
import { runWorker } from './run-worker.ts';
import { createTasks } from './tasks/index.ts';

/** Where the pages are when PUBLIC_URL is not set: the server's own default. */
const SERVER_URL = 'http://127.0.0.1:3000';

await runProcess(async (life) => {
  const house = await openHouse(readProcessEnv(), { isWhole: false, url: SERVER_URL }, life);
  const tasks = createTasks(house.deps);
  const worker = await runWorker(house.deps, {
    databaseUrl: house.env.DATABASE_URL,
    tasks,
    crontab: CRONTAB,
    isAlone: house.isAlone,
    onFatal: life.fail,
  });
  life.defer(() => worker.stop());
  process.stdout.write('The worker takes jobs and keeps the timetable.\n');
});
