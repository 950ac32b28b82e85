import { defineTask } from '#jobs/define-task.ts';
import { startHeartbeat } from '#jobs/heartbeat.ts';
import { requireTimeouts } from '#jobs/require-timeouts.ts';
import { runWithTimeLimit } from '#jobs/run-with-time-limit.ts';
import { runWorker } from '#jobs/run-worker.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { startWatchdog } from '#jobs/watchdog.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import { startTestApp } from '#tests/support/app.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { sql } from 'drizzle-orm';
import { Logger, runOnce } from 'graphile-worker';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000 });
const silentLogger = new Logger(() => () => {});

describe('the time limit of a task', () => {
  test('is declared by every task, and is shorter than the time after which the queue takes a job back', async () => {
    await using app = await startTestApp();
    const tasks = createTasks(app.deps);
    expect(() => requireTimeouts(tasks)).not.toThrow();
    const endless = defineTask(app.deps, 'watch-network', { timeoutMs: 240 * MINUTE_MS, run: () => Promise.resolve() });
    const options = { tasks: { ...tasks, 'watch-network': endless }, crontab: '', databaseUrl: app.databaseUrl, isOnlyProcess: false };
    await expect(runWorker(app.deps, { ...options, onFatal: (error) => expect.unreachable(error.message) })).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'The worker did not start: watch-network may run longer than the queue’s lock timeout.',
    });
    expect(() => requireTimeouts({ silent: {} })).toThrow(/silent/);
  });

  test('stops the task with the reason, and it is tried again', async () => {
    await using app = await startTestApp();
    const slow = defineTask(app.deps, 'watch-network', {
      // Long enough for the run to be recorded before it ends.
      timeoutMs: 1_000,
      run: async (_payload, signal) => {
        await trackRun(app.deps, { task: 'watch-network', trigger: 'test', signal }, async () => {
          // On a very busy machine the time may be over before the work begins.
          await new Promise((_resolve, reject) => {
            const end = () => reject(new Error('cut off'));
            if (signal.aborted) end();
            signal.addEventListener('abort', end);
          });
          return { outcome: 'never' };
        });
      },
    });
    await app.deps.db.execute(sql`select graphile_worker.add_job('watch-network', '{}', job_key := 'slow')`);
    await runOnce({ pgPool: app.deps.pool, taskList: { 'watch-network': slow }, noHandleSignals: true, logger: silentLogger });
    const [run] = await app.admin.operations.jobs.list({ limit: 1 });
    expect(run).toMatchObject({ status: 'failed', outcome: expect.stringMatching(/exceeded its time limit/), attempt: 1, fix: { kind: 'replay' } });
    expect(run?.retryAt).not.toBeNull();
    // The queue may return a moment before it has recorded how its last job ended.
    await vi.waitFor(
      async () => {
        const waiting = await app.deps.db.execute(sql`select attempts, last_error from graphile_worker._private_jobs`);
        expect(waiting.rows).toMatchObject([{ attempts: 1, last_error: expect.stringMatching(/exceeded its time limit/) }]);
      },
      { timeout: 120_000, interval: 25 },
    );
  });

  test('abandons a task that ignores the signal', async () => {
    vi.useFakeTimers();
    try {
      const ending = new AbortController();
      const blocked = runWithTimeLimit(() => new Promise(() => {}), { ending, timeoutMs: 60_000, workerEnds: undefined });
      const failure = blocked.catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(ending.signal.aborted).toBe(true);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await failure).toMatchObject({ kind: 'timed_out' });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the watchdog', () => {
  test('ends a process whose event loop is blocked', async () => {
    await using blockedProcess = startProcess({ script: 'tests/support/spotify/blocked-process.ts', args: ['600'] });
    await blockedProcess.says(/blocked/);
    expect(await blockedProcess.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(blockedProcess.output()).toMatch(/Segue stops: the event loop of this process was blocked for 1 s/);
  });

  test('reports a process that was suspended, because its jobs may have been taken by others', async () => {
    await using paused = startProcess({ script: 'tests/support/spotify/blocked-process.ts', args: ['500', 'wait'] });
    await paused.says(/alive/);
    paused.kill('SIGSTOP');
    await wait(1_000);
    paused.kill('SIGCONT');
    const [report] = await paused.says(/The worker was paused for \d+ s.*/);
    expect(report).toMatch(/; another worker may have taken its jobs\.$/);
  });

  test('reports a queue that no worker polls', async () => {
    const report: Error[] = [];
    const watchdog = startWatchdog({ standstillMs: 300, silentMs: () => 61_000, onStandstill: (error) => void report.push(error) });
    await vi.waitFor(() => expect(report).not.toHaveLength(0), 60_000);
    await watchdog.stop();
    expect(report[0]?.message).toBe('The worker has not polled the queue for 61 s.');
  });
});

describe('a worker whose clock differs from the database’s', () => {
  const wrong = { code: 'conflict', message: expect.stringMatching(/^This machine’s clock is \d+ s ahead of the database’s clock\.$/) };

  test('does not start', async () => {
    await using app = await startTestApp();
    app.clock.advance(150_000);
    const options = { tasks: {}, crontab: '', databaseUrl: app.databaseUrl, isOnlyProcess: false };
    await expect(runWorker(app.deps, { ...options, onFatal: (error) => expect.unreachable(error.message) })).rejects.toMatchObject(wrong);
  });

  test('ends when the clock stays wrong, and not for one wrong reading', async () => {
    await using app = await startTestApp();
    const errors: Error[] = [];
    const polls = { pools: new Set(['one']), activePools: new Set(['one']), sinceLastPollMs: () => 0 };
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const heartbeat = startHeartbeat(app.deps, polls, { silenceMaxMs: 60_000, onUnfit: (error) => void errors.push(error) });
    try {
      app.clock.advance(150_000);
      await heartbeat.first;
      expect(errors).toEqual([]);
      await vi.waitFor(() => {
        vi.advanceTimersByTime(10_000);
        expect(errors).not.toEqual([]);
      }, 60_000);
    } finally {
      await heartbeat.stop();
      vi.useRealTimers();
    }
    expect(errors[0]).toMatchObject(wrong);
  });
});
