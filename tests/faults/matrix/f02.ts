import { accounts } from '#drizzle/schema/index.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { SYNC_FAULT_POINTS } from '#server/use-cases/sync/apply/fault-points.ts';
import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import type { DailyLoad } from '#tests/support/network/daily-load.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const SILENT_S = 90;
/** A worker that is idle and still alive did not reach its fault point. */
const IDLE_POLL_MS = 100;
const IDLE_LIMIT_MS = 120_000;

/** Fault points in addition to those of a sync. */
const OTHER_POINTS = ['job.after_admit', 'job.after_work', 'job.before_verdict', 'refresh.after_exchange', 'refresh.before_commit'];
/** Not reached by a worker: tests/faults/keys-rotate.test.ts tests these. */
const KEY_ROTATION_POINTS = ['keys.after_batch', 'keys.before_commit'];
/** Reached only by a sync that finds a create without a response. */
const ADOPT_POINTS = new Set(['sync.before_adopt', 'sync.after_adopt']);

/** F02: `kill -9` at each named fault point of the product, in turn; which pass of the point kills is random. */
export const f02: Fault = {
  name: 'F02',
  what: 'work of a worker killed at a named fault point is completed by the next one, exactly once',
  smallDose: 4,
  run: async ({ dose, seed, report: say }) => {
    const points = [...SYNC_FAULT_POINTS, ...OTHER_POINTS];
    assert.deepEqual(pointsInSources(), [...points, ...KEY_ROTATION_POINTS].toSorted());
    const random = seededRandom(seed);
    const offset = random.below(points.length);
    await using load = await openDailyLoad({ playlists: 2 });
    await load.nextDay();
    await load.drain();
    const counts = { kills: 0, notReached: 0, points: points.length };
    for (let n = 0; n < dose; n += 1) {
      const point = points[(offset + n) % points.length] ?? '';
      const died = await killAt(load, point, random);
      counts[died ? 'kills' : 'notReached'] += 1;
      // In every round: a last statement of the killed worker may take the job after the first sweep.
      await load.drain(async () => {
        await load.ageHeartbeats();
        await sweepQueue(load.deps, SILENT_S);
      });
      await load.requireWhole();
      say(`${point}: ${died ? 'killed' : 'not reached'}`);
    }
    return counts;
  },
};

/** Runs a day that reaches this kind of point. True when the worker died there. */
async function killAt(load: DailyLoad, point: string, random: SeededRandom): Promise<boolean> {
  const { control } = load.sandbox.spotify;
  await load.addPlaylist();
  await load.nextDay();
  if (ADOPT_POINTS.has(point)) {
    control.failNext({ method: 'POST', path: /playlists$/, status: 502, actFirst: random.chance(0.5), times: 1 });
  }
  if (point === 'job.before_verdict') control.failNext({ method: 'PUT', path: /items$/, status: 503, times: 1 });
  if (point.startsWith('refresh.')) await load.deps.db.update(accounts).set({ accessExpiresAt: new Date(0) });
  const isFrequent = point.startsWith('sync.') && !ADOPT_POINTS.has(point) && !point.includes('create') && point !== 'sync.after_assign';
  await using worker = load.startWorker({ FAULT_AT: `${point}:${isFrequent ? 1 + random.below(2) : 1}` });
  await worker.says(WORKER_READY).catch(() => undefined);
  const died = await Promise.race([worker.exited.then(() => true), untilIdle(load)]);
  if (died) assert.deepEqual(await worker.exited, { code: null, signal: 'SIGKILL' });
  worker.kill('SIGKILL');
  await worker.exited;
  control.clearFaults();
  return died;
}

async function untilIdle(load: DailyLoad): Promise<false> {
  for (let waitedMs = 0; waitedMs < IDLE_LIMIT_MS; waitedMs += IDLE_POLL_MS) {
    await wait(IDLE_POLL_MS);
    if ((await load.remainingJobs()) === 0) return false;
  }
  return false;
}

/** All fault-point names in the sources of server/ and jobs/. */
function pointsInSources(): string[] {
  const root = new URL('../../../', import.meta.url);
  const files = ['server/', 'jobs/'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => new URL(folder + name, root)),
  );
  const points = files.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=')(?:sync|job|refresh|keys)\.(?:before|after)_\w+(?=')/g) ?? []);
  return [...new Set(points)].toSorted();
}
