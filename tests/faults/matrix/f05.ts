import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { tidyQueue } from '#server/use-cases/operations/jobs/tidy-queue.ts';
import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import type { DailyLoad } from '#tests/support/network/daily-load.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const SILENT_S = 90;
/** Spotify takes its time, so that a pause meets a sync in the middle. */
const ANSWER_MS = 40;
const PAUSE_WITHIN_MS = 400;
/** Really this long, so that whoever wakes can see that time has passed; the rest of the ninety seconds is only written down. */
const PAUSE_MIN_MS = 6_000;
/** What a woken worker does with the job it believes to hold, it does within this. */
const AFTERLIFE_MS = 1_500;
const POLL_MS = 10;
const POLLS_MAX = 24_000;

/**
 * F05: a worker is stopped in the middle of a sync, longer than the queue waits for it; another one does its work; then the first one wakes. Its
 * sessions were ended before its jobs were given away, so it can write nothing more, neither to the database nor, without an intent, to Spotify.
 */
export const f05: Fault = {
  name: 'F05',
  what: 'a worker that wakes after its jobs were given away writes nothing more',
  smallDose: 1,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    await using load = await openDailyLoad();
    const counts = { pauses: 0, inTheMiddle: 0, writesAfterWaking: 0 };
    for (; counts.pauses < dose; counts.pauses += 1) {
      const { control } = load.sandbox.spotify;
      await load.nextDay();
      const before = load.writes();
      control.failNext({ path: /.*/, delayMs: ANSWER_MS, times: 200 });
      await using worker = load.startWorker();
      await untilWriting(load, before, worker.output);
      await wait(random.next() * PAUSE_WITHIN_MS);
      worker.kill('SIGSTOP');
      const paused = wait(PAUSE_MIN_MS);
      control.clearFaults();
      if ((await load.held()) > 0) counts.inTheMiddle += 1;
      await load.silence();
      await tidyQueue(load.deps, SILENT_S);
      await load.drain();
      await load.requireWhole();
      await paused;
      const settled = load.writes();
      worker.kill('SIGCONT');
      await wait(AFTERLIFE_MS);
      counts.writesAfterWaking += load.writes() - settled;
      assert.equal(load.writes(), settled, 'the woken worker wrote to Spotify');
      await load.drain();
      await load.requireWhole();
      worker.kill('SIGTERM');
      await worker.exited;
      say(`pause ${counts.pauses + 1}: the second writer was fenced`);
    }
    return counts;
  },
};

async function untilWriting(load: DailyLoad, before: number, said: () => string): Promise<void> {
  for (let polls = 0; load.writes() === before; polls += 1) {
    if (polls > POLLS_MAX) throw new Error(`The worker did not begin to write:\n${said()}`);
    await wait(POLL_MS);
  }
}
