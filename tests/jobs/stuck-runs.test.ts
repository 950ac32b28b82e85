import { describeSignal } from '#server/use-cases/operations/jobs/job-signal.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import type { Report } from '#server/use-cases/progress.ts';
import { WorkStopped } from '#server/use-cases/work-stopped.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { describe, expect, test } from 'vitest';

/** A run of a task in a job of its own, whose work never looks at its signal. */
function startStuck(app: TestApp, work: (report: Report) => Promise<void> = async () => {}) {
  const ending = new AbortController();
  const retryAt = new Date('2026-12-01T00:00:00Z');
  describeSignal(ending.signal, { payload: {}, queueJobId: 1, attempt: 1, stop: (reason) => ending.abort(reason), nextTry: () => retryAt });
  let begin: (() => void) | undefined;
  const started = new Promise<void>((resolve) => (begin = resolve));
  const ended = trackRun(
    app.deps,
    { task: 'ingest-albums', trigger: 'test', signal: ending.signal, stallMs: 60_000, cleanupMs: 1 },
    async (report) => {
      await work(report);
      begin?.();
      return new Promise<never>(() => {});
    },
  ).catch((error: unknown) => error);
  return { started, ended, ending };
}

const runAgain = (app: TestApp) => trackRun(app.deps, { task: 'ingest-albums', trigger: 'test' }, async () => ({ outcome: 'Done.' }));

describe('work that is stuck', () => {
  test('and was canceled ends as canceled, and the next run starts at once', async () => {
    await using app = await startTestApp();
    const stuck = startStuck(app, (report) => report({ doing: 'Reading albums', done: 0, total: 3 }));
    await stuck.started;
    await expect(runAgain(app)).rejects.toMatchObject({ code: 'rate_limited' });
    const [running] = await app.admin.operations.jobs.list({ limit: 1 });
    await app.admin.operations.jobs.cancel({ runId: running?.id ?? '' });
    expect(await stuck.ended).toMatchObject({ kind: 'cancelled' });
    expect(await app.admin.operations.jobs.list({ limit: 1 })).toMatchObject([{ status: 'cancelled', outcome: expect.stringMatching(/^Canceled/) }]);
    expect(await runAgain(app)).toEqual({ outcome: 'Done.' });
  });

  test.for(['timed_out', 'worker_ends'] as const)('and was stopped (%s) frees its task and says why', async (kind) => {
    await using app = await startTestApp();
    const stuck = startStuck(app);
    await stuck.started;
    stuck.ending.abort(new WorkStopped(kind));
    expect(await stuck.ended).toMatchObject({ kind });
    const [ended] = await app.admin.operations.jobs.list({ limit: 1 });
    expect([ended?.status, ended?.outcome]).toEqual([kind === 'timed_out' ? 'failed' : 'put_off', new WorkStopped(kind).message]);
    expect(await runAgain(app)).toEqual({ outcome: 'Done.' });
  });

  test('without progress is stopped when its time without a report is over, says so, and is tried again', async () => {
    await using app = await startTestApp();
    const stuck = startStuck(app);
    await stuck.started;
    app.clock.advance(61_000);
    expect(await stuck.ended).toMatchObject({ kind: 'stalled' });
    const [ended] = await app.admin.operations.jobs.list({ limit: 1 });
    expect(ended).toMatchObject({ status: 'failed', outcome: 'It stopped making progress and was ended.', retryAt: '2026-12-01T00:00:00.000Z' });
    expect(await runAgain(app)).toEqual({ outcome: 'Done.' });
  });

  test('and comes back to life later cannot change the run that ended', async () => {
    await using app = await startTestApp();
    const kept: Report[] = [];
    const stuck = startStuck(app, async (report) => void kept.push(report));
    await stuck.started;
    stuck.ending.abort(new WorkStopped('timed_out'));
    await stuck.ended;
    await kept[0]?.({ doing: 'Reading albums', done: 2, total: 3 });
    expect(await app.admin.operations.jobs.list({ limit: 1 })).toMatchObject([{ status: 'failed', doing: null }]);
  });
});
