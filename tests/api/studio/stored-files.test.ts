import { assetPreviews, assets } from '#drizzle/schema/index.ts';
import { createAssetStores } from '#server/asset-stores.ts';
import { loadEnv } from '#server/env.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { listJobAlerts } from '#server/use-cases/operations/alerts/list-job-alerts.ts';
import { moveAssets } from '#server/use-cases/studio/files/move-assets.ts';
import { startS3Sandbox } from '#server/sandbox/s3/server.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { DIRECT, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { eq } from 'drizzle-orm';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const never = new AbortController().signal;

async function listed(store: AssetStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { sha256 } of store.list()) found.push(sha256);
  return found.toSorted();
}

const fileOf = ({ home }: StudioApp, sha256: string) => path.join(home, 'assets', sha256.slice(0, 2), sha256);

/** Runs the daily check as the worker does, and returns what it says. */
async function check(app: StudioApp): Promise<string | null | undefined> {
  await app.admin.operations.jobs.run({ task: 'check-assets' });
  await app.runJobs();
  return (await app.admin.operations.jobs.list({})).find(({ task }) => task === 'check-assets')?.outcome;
}

/** The next day whose share of files has this digest. */
function dayThatReads(sha256: string): Date {
  const share = Number.parseInt(sha256.slice(0, 2), 16) % 64;
  const day = Math.floor(Date.parse('2027-01-01') / 86_400_000);
  return new Date((day + ((share - (day % 64) + 64) % 64)) * 86_400_000 + 7 * 3_600_000);
}

test('the daily check makes missing previews again, names missing and damaged pictures in an alert, and closes it when they are back', async () => {
  await using app = await startStudioApp();
  await app.admin.generation.studio.request({ ...DIRECT, copies: 2 });
  await app.runJobs();
  const [kept, lost] = await app.deps.db.select().from(assets);
  const [preview] = await app.deps.db.select().from(assetPreviews);
  if (!kept || !lost || !preview) throw new Error('There are no pictures.');
  expect(await check(app)).toContain('None is missing or damaged.');

  const [whole, other] = [readFileSync(fileOf(app, kept.sha256)), readFileSync(fileOf(app, lost.sha256))];
  await rm(fileOf(app, preview.previewSha256));
  expect(await check(app)).toContain('1 preview made again.');
  expect(await app.deps.assets.read(preview.previewSha256)).toBeDefined();
  expect(await listJobAlerts(app.deps)).toEqual([]);
  // As after a disk that was full when they were to be made.
  await app.deps.db.delete(assetPreviews).where(eq(assetPreviews.sha256, kept.sha256));
  await app.deps.db.update(assets).set({ thumbhash: null, colors: null }).where(eq(assets.sha256, kept.sha256));
  expect(await check(app)).toContain('1 preview made again.');
  const [again] = await app.deps.db.select().from(assets).where(eq(assets.sha256, kept.sha256));
  expect([again?.thumbhash, again?.colors]).toEqual([kept.thumbhash, kept.colors]);

  await rm(fileOf(app, lost.sha256));
  await writeFile(fileOf(app, kept.sha256), Buffer.concat([whole.subarray(0, 100), Buffer.from('x'), whole.subarray(101)]));
  app.clock.set(dayThatReads(kept.sha256).toISOString());
  expect(await check(app)).toContain('1 missing, 1 damaged.');
  const alert = expect.objectContaining({
    key: 'assets:missing',
    level: 'critical',
    detail: expect.stringContaining('1 missing, 1 damaged') as string,
  }) as object;
  expect(await listJobAlerts(app.deps)).toEqual([alert]);

  await app.deps.assets.write(other);
  await writeFile(fileOf(app, kept.sha256), whole);
  expect(await check(app)).toContain('None is missing or damaged.');
  expect(await listJobAlerts(app.deps)).toEqual([]);
});

test('pictures move to S3 and back with the same bytes, also when moving is interrupted, and are served throughout', async () => {
  await using s3 = await startS3Sandbox();
  const settings = {
    S3_URL: s3.url,
    S3_BUCKET: s3.bucket,
    S3_REGION: s3.key.region,
    S3_ACCESS_KEY_ID: s3.key.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.key.secretAccessKey,
  };
  await using app = await startStudioApp();
  await app.admin.generation.studio.request({ ...DIRECT, copies: 3 });
  await app.runJobs();
  const env = { SEGUE_HOME: app.home, ...settings };
  const { disk, s3: bucket, assets: combined } = createAssetStores(loadEnv({ ...env, ASSETS_STORE: 's3' }), () => new Date());
  if (!bucket) throw new Error('No bucket is set up.');
  const before = await listed(disk);
  expect(before.length).toBeGreaterThan(5);

  s3.failNext({ plays: 'full', skip: 2 });
  await expect(moveAssets(app.deps, { from: disk, to: bucket, keep: false }, never)).rejects.toMatchObject({
    message: 'The store for pictures is full.',
  });
  expect(await listed(combined)).toEqual(before);
  for (const sha256 of before) expect(await combined.read(sha256)).toBeDefined();

  await using run = startProcess({ script: 'server/commands/move-assets.ts', args: ['--to', 's3'], env: { ...env, ASSETS_STORE: 's3' } });
  await run.exited;
  expect(run.output()).toContain('are in the store s3 and were read back.');
  expect([await listed(disk), await listed(bucket)]).toEqual([[], before]);

  const [odd = '', ...whole] = before;
  const picture = await bucket.read(odd);
  s3.damage(`assets/${odd.slice(0, 2)}/${odd}`, Buffer.from('half a picture'));
  expect(await moveAssets(app.deps, { from: bucket, to: disk, keep: false }, never)).toMatchObject({ files: whole.length, damaged: [odd] });
  expect([await listed(disk), await listed(bucket)]).toEqual([whole, [odd]]);
  s3.damage(`assets/${odd.slice(0, 2)}/${odd}`, picture ?? Buffer.alloc(0));
  expect(await moveAssets(app.deps, { from: bucket, to: disk, keep: false }, never)).toMatchObject({ files: 1, damaged: [] });
  expect([await listed(disk), await listed(bucket)]).toEqual([before, []]);
});

test('moving refuses a store that Segue does not write to, and one that is not set up', async () => {
  await using run = startProcess({
    script: 'server/commands/move-assets.ts',
    args: ['--to', 's3'],
    env: { S3_BUCKET: 'covers', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret-of-no-value' },
  });
  await run.exited;
  expect(run.output()).toContain('ASSETS_STORE is disk. Set it to s3');
  await using without = startProcess({ script: 'server/commands/move-assets.ts', args: ['--to', 'disk'], env: {} });
  await without.exited;
  expect(without.output()).toContain('No bucket is set up.');
});
