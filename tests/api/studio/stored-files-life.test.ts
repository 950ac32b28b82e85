import { createAssetStores } from '#server/asset-stores.ts';
import { loadEnv } from '#server/env.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { tidyStudio } from '#server/use-cases/studio/tidy-studio.ts';
import { startS3Sandbox } from '#server/sandbox/s3/server.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { DIRECT, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

const DAY_MS = 864e5;
const never = new AbortController().signal;

/** Every stored file by its name, with the digest of its bytes. */
async function filesIn(store: AssetStore): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  for await (const { sha256 } of store.list()) {
    const bytes = await store.read(sha256);
    found.push([
      sha256,
      createHash('sha256')
        .update(bytes ?? '')
        .digest('hex'),
    ]);
  }
  return Object.fromEntries(found);
}

/** What the rows name. */
async function named({ deps }: StudioApp): Promise<Readonly<Record<string, string>>> {
  const found = await deps.db.execute<{ sha256: string }>(
    sql`select sha256 from assets union select preview_sha256 from asset_previews p where exists (select 1 from assets a where a.sha256 = p.sha256)`,
  );
  return Object.fromEntries(found.rows.map(({ sha256 }) => [sha256, sha256] as const));
}

test('pictures are deleted, restored, swept, moved to S3 and back: bytes equal their names and rows their files at every step', async () => {
  await using s3 = await startS3Sandbox();
  await using app = await startStudioApp();
  const env = {
    SEGUE_HOME: app.home,
    S3_URL: s3.url,
    S3_BUCKET: s3.bucket,
    S3_REGION: s3.key.region,
    S3_ACCESS_KEY_ID: s3.key.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.key.secretAccessKey,
  };
  const stores = createAssetStores(loadEnv({ ...env, ASSETS_STORE: 's3' }), () => new Date());
  const { disk, s3: bucket } = stores;
  if (!bucket) throw new Error('No bucket is set up.');
  const { assets, studio } = app.admin.generation;
  await studio.request({ ...DIRECT, copies: 4 });
  await app.runJobs();
  const [kept, restored, gone, last] = (await assets.list({})).items.map(({ id }) => id);
  const all = await filesIn(disk);
  expect(all).toEqual(await named(app));

  await assets.remove({ ids: [restored!, gone!, last!] });
  expect(await filesIn(disk)).toEqual(all);
  await assets.restore({ ids: [restored!] });
  app.clock.set(new Date(Date.now() + 31 * DAY_MS).toISOString());
  await tidyStudio(app.deps, never);
  // Previews that nothing names any more are swept with the next run.
  await tidyStudio(app.deps, never);
  const left = await named(app);
  expect(await filesIn(disk)).toEqual(left);
  expect((await assets.list({})).items.map(({ id }) => id)).toEqual([kept, restored]);
  expect(Object.keys(left).length).toBeLessThan(Object.keys(all).length);

  for (const [to, from, other] of [
    ['s3', disk, bucket],
    ['disk', bucket, disk],
  ] as const) {
    await using run = startProcess({ script: 'server/commands/move-assets.ts', args: ['--to', to], env: { ...env, ASSETS_STORE: to } });
    expect(await run.exited, run.output()).toMatchObject({ code: 0 });
    expect([await filesIn(from), await filesIn(other)]).toEqual([{}, left]);
  }
  await app.admin.operations.jobs.run({ task: 'check-assets' });
  await app.runJobs();
  expect((await app.admin.operations.jobs.list({})).find(({ task }) => task === 'check-assets')?.outcome).toContain('None is missing or damaged.');
  expect(await filesIn(disk)).toEqual(left);
});
