import { enqueueJob } from '#server/repos/job-queue.ts';
import { JOB_PAYLOADS } from '#shared/contracts/jobs.ts';
import type { JobPayload } from '#shared/contracts/jobs.ts';
import { catalogTrackIds, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';

const KEY = 'curate-playlists';
const enqueue = (app: TestApp, payload: Partial<JobPayload<'curate-playlists'>>, runAt?: Date) =>
  enqueueJob(app.deps.db, KEY, { payload: JOB_PAYLOADS[KEY].parse(payload), key: KEY, queue: KEY, ...(runAt ? { runAt } : {}) });
const runNow = (app: TestApp) => app.admin.operations.jobs.run({ task: KEY });

/** A playlist of one track, for which there is a recording. */
async function seedFillablePlaylist(app: TestApp): Promise<void> {
  await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 3));
  await seedPlaylist(app.deps.db, 1);
  await app.deps.db.execute(sql`update curation_policies set body = body || '{"size": 1}'`);
}

async function waiting(app: TestApp): Promise<unknown[]> {
  const found = await app.deps.db.execute<{ payload: unknown }>(
    sql`select payload from graphile_worker._private_jobs where key = ${KEY} and attempts < max_attempts order by id`,
  );
  return found.rows.map(({ payload }) => payload);
}

describe('a curation that starts sync', () => {
  test('still does when “Run now” replaces it, also twice, and the lists reach sync', async () => {
    await using app = await startTestApp({ at: '2026-11-21T05:00:00Z' });
    await seedFillablePlaylist(app);
    await enqueue(app, { trigger: 'timetable', startsSync: true }, new Date('2099-01-01T00:00:00Z'));
    await runNow(app);
    await runNow(app);
    expect(await waiting(app)).toEqual([{ trigger: 'admin', startsSync: true }]);
    await app.runJobs();
    expect(await app.admin.operations.jobs.list({ limit: 10 })).toContainEqual(expect.objectContaining({ task: 'sync-playlists' }));
  });

  test('still does when the same job is put off, or requested again by Segue', async () => {
    await using app = await startTestApp();
    await enqueue(app, { startsSync: true });
    await enqueue(app, { trigger: 'admin' }, new Date('2099-01-01T00:00:00Z'));
    expect(await waiting(app)).toEqual([{ trigger: 'admin', startsSync: true }]);
    await enqueue(app, { trigger: 'timetable', day: undefined });
    expect(await waiting(app)).toEqual([{ trigger: 'timetable', startsSync: true }]);
  });

  test('does not pass it on when it failed for good, or is in progress', async () => {
    await using app = await startTestApp();
    await enqueue(app, { startsSync: true });
    await app.deps.db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`);
    await runNow(app);
    expect(await waiting(app)).toEqual([{ trigger: 'admin' }]);
    await enqueue(app, { startsSync: true });
    await app.deps.db.execute(sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker' where attempts < max_attempts`);
    await runNow(app);
    expect(await waiting(app)).toEqual([{ trigger: 'admin' }]);
  });

  test('is not what “Run now” alone does', async () => {
    await using app = await startTestApp({ at: '2026-11-21T05:00:00Z' });
    await seedFillablePlaylist(app);
    await runNow(app);
    await app.runJobs();
    const runs = await app.admin.operations.jobs.list({ limit: 10 });
    expect(runs.map(({ task, status }) => [task, status])).toEqual([[KEY, 'done']]);
  });
});
