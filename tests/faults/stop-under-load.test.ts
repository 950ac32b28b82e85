import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';

/** Where in a day of this load the worker is told to stop: while jobs begin, in the middle, and where the first ones are done. */
const STOP_AFTER_MS = [30, 250, 700];

test(
  'a worker that is told to stop in the middle of its work ends in good order and in time, holds nothing any more, and loses nothing',
  {
    timeout: 300_000,
  },
  async () => {
    await using load = await openDailyLoad();
    for (const afterMs of STOP_AFTER_MS) {
      await load.nextDay();
      await load.readAlbums(5);
      await using worker = load.startWorker();
      await worker.says(WORKER_READY);
      await wait(afterMs);
      worker.kill('SIGTERM');
      // It gives itself twenty-five seconds and ends with a failure after them.
      expect(await worker.exited, worker.output()).toEqual({ code: 0, signal: null });
      expect(await load.held()).toBe(0);
      const spent = await load.terminator.query('select 1 from graphile_worker._private_jobs where attempts >= max_attempts');
      expect(spent.rows).toEqual([]);
      const known = await load.terminator.query('select 1 from worker_heartbeats');
      expect(known.rows, 'a worker that stopped is still expected').toEqual([]);
      await load.drain();
      await load.requireWhole();
    }
  },
);
