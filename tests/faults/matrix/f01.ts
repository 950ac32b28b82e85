import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const ALBUMS_PER_ROUND = 5;
/** A day of this load takes about this long; after it the worker is idle. */
const KILL_WITHIN_MS = 900;
const SILENT_S = 90;

/** F01: `kill -9` of a worker at a random moment under load. After each kill another worker takes over, and all effects are counted. */
export const f01: Fault = {
  name: 'F01',
  what: 'a worker killed at any moment loses no work and repeats no effect',
  smallDose: 3,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using load = await openDailyLoad();
    const counts = { kills: 0, duringJob: 0, writes: 0 };
    for (; counts.kills < dose; counts.kills += 1) {
      await load.nextDay();
      await load.readAlbums(ALBUMS_PER_ROUND);
      await using worker = load.startWorker();
      await worker.says(WORKER_READY);
      await wait(random.next() * KILL_WITHIN_MS);
      worker.kill('SIGKILL');
      await worker.exited;
      await load.ageHeartbeats();
      if ((await load.held()) > 0) counts.duringJob += 1;
      await load.drain(async () => {
        await load.ageHeartbeats();
        await sweepQueue(load.deps, SILENT_S);
      });
      await load.requireWhole();
      if (counts.kills % 10 === 9) say(`${counts.kills + 1} kills, ${counts.duringJob} of them during a job`);
    }
    counts.writes = load.writes();
    return counts;
  },
};
