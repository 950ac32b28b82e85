import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import type { DailyLoad } from '#tests/support/network/daily-load.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const SILENT_S = 90;
/** Delay of Spotify's responses, so that a pause falls into a sync. */
const RESPONSE_DELAY_MS = 40;
const PAUSE_WITHIN_MS = 400;
/** Real length of a pause, so that the resumed worker notices it. The rest of the 90 s is simulated by older heartbeats. */
const PAUSE_MIN_MS = 6_000;
/** Within this time a resumed worker continues the job that it believes to hold. */
const OBSERVE_MS = 1_500;
const POLL_MS = 10;
const POLLS_MAX = 24_000;

/**
 * F05: a worker is paused in the middle of a sync for longer than the queue waits for it; another worker takes over; then the first one resumes. Its
 * sessions were terminated before its jobs were reassigned, so it can no longer write to the database, nor, without an intent, to Spotify.
 */
export const f05: Fault = {
  name: 'F05',
  what: 'a worker that resumes after its jobs were reassigned writes nothing more',
  smallDose: 1,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using load = await openDailyLoad();
    const counts = { pauses: 0, duringJob: 0, writesAfterResume: 0 };
    for (; counts.pauses < dose; counts.pauses += 1) {
      const { control } = load.sandbox.spotify;
      await load.nextDay();
      const before = load.writes();
      control.failNext({ path: /.*/, delayMs: RESPONSE_DELAY_MS, times: 200 });
      await using worker = load.startWorker();
      await untilWriting(load, before, worker.output);
      await wait(random.next() * PAUSE_WITHIN_MS);
      worker.kill('SIGSTOP');
      const paused = wait(PAUSE_MIN_MS);
      control.clearFaults();
      if ((await load.held()) > 0) counts.duringJob += 1;
      await load.ageHeartbeats();
      await sweepQueue(load.deps, SILENT_S);
      await load.drain();
      await load.requireWhole();
      await paused;
      const writesBeforeResume = load.writes();
      worker.kill('SIGCONT');
      await wait(OBSERVE_MS);
      counts.writesAfterResume += load.writes() - writesBeforeResume;
      assert.equal(load.writes(), writesBeforeResume, 'the resumed worker wrote to Spotify');
      await load.drain();
      await load.requireWhole();
      worker.kill('SIGTERM');
      await worker.exited;
      say(`pause ${counts.pauses + 1}: the second writer was fenced`);
    }
    return counts;
  },
};

async function untilWriting(load: DailyLoad, before: number, output: () => string): Promise<void> {
  for (let polls = 0; load.writes() === before; polls += 1) {
    if (polls > POLLS_MAX) throw new Error(`The worker did not begin to write:\n${output()}`);
    await wait(POLL_MS);
  }
}
