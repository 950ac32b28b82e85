import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';

/** Milliseconds into a day of this load at which the worker is stopped: while jobs start, in the middle, and when the first ones are done. */
const STOP_AFTER_MS = [30, 250, 700];

test(
  'a worker stopped during jobs exits cleanly and in time, releases all locks, and loses no work',
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
      // After 25 s it would exit with a failure.
      expect(await worker.exited, worker.output()).toEqual({ code: 0, signal: null });
      expect(await load.held()).toBe(0);
      const failed = await load.terminator.query('select 1 from graphile_worker._private_jobs where attempts >= max_attempts');
      expect(failed.rows).toEqual([]);
      const heartbeats = await load.terminator.query('select 1 from worker_heartbeats');
      expect(heartbeats.rows, 'a stopped worker still has a heartbeat row').toEqual([]);
      await load.drain();
      await load.requireWhole();
    }
  },
);
