import { runWorker } from '#jobs/run-worker.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { createCaller } from '#server/routers/index.ts';
import { followRenders } from '#server/use-cases/studio/renders/follow-renders.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { createPaidVendorClient } from '#tests/support/studio/paid-vendor-client.ts';
import { startPaidVendor } from '#tests/support/studio/paid-vendor.ts';
import { samplePicture } from '#tests/support/covers/sample-pictures.ts';
import sharp from 'sharp';
import { openBenchDatabase } from '../bench-database.ts';
import { reportFigure, reportObserved } from '../figures.ts';

const RENDERS = 40;
const WARM_UP = 4;
/** What the vendor takes; the rest of a render is ours. */
const DRAW_MS = 1_000;
const SIDE = 1_024;
const P95_GOAL_MS = 150;

/** Time of a render beyond the vendor's own, from the request to the announced end, with a picture of 1024 pixels: our queue, ledger, polling, files and previews. */
export async function benchCoverOverhead(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  using home = temporaryFolder();
  const pictures = await Promise.all(Array.from({ length: 10 }, (_, number) => pngOf(number)));
  await using vendor = await startPaidVendor({ drawMs: DRAW_MS, pictures });
  const deps = openInstance(database.url, sandbox.env, { variables: { SEGUE_HOME: home.path } });
  const renderVendors = {
    fal: createPaidVendorClient(vendor.url, { way: 'queue' }),
    stability: createPaidVendorClient(vendor.url, { way: 'direct' }),
  };
  Object.assign(deps, { renderVendors });
  const worker = await runWorker(deps, { tasks: createTasks(deps), crontab: '', databaseUrl: database.url, isOnlyProcess: false, onFatal: throwIt });
  const api = createCaller({ deps, actor: { kind: 'admin_key' } });
  const following = new AbortController();
  const ended = new Map<string, () => void>();
  const follow = (async () => {
    for await (const view of followRenders(deps, { actor: { kind: 'admin_key' } }, following.signal))
      if (view.finishedAt !== null) ended.get(view.id)?.();
  })();
  const overheads: Record<'queue' | 'direct', number[]> = { queue: [], direct: [] };
  for (let number = 0; number < RENDERS + WARM_UP; number += 1) {
    const way = number % 2 === 0 ? 'queue' : 'direct';
    const startedMs = performance.now();
    const [render] = await api.generation.studio.request({
      model: way === 'queue' ? 'fal-z-image-turbo' : 'stability-core',
      values: { prompt: 'a lake' },
    });
    if (!render) throw new Error('No render was requested.');
    await new Promise<void>((resolve) => ended.set(render.id, resolve));
    if (number >= WARM_UP) overheads[way].push(performance.now() - startedMs - DRAW_MS);
  }
  following.abort();
  await follow;
  await worker.stop();
  await deps.close();
  reportObserved('cover-overhead.queue_p50_ms', percentile(overheads.queue, 0.5), 'ms');
  reportObserved('cover-overhead.direct_p50_ms', percentile(overheads.direct, 0.5), 'ms');
  reportFigure('cover-overhead.p95_ms', percentile([...overheads.queue, ...overheads.direct], 0.95), { atMost: P95_GOAL_MS });
}

const percentile = (values: readonly number[], share: number) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

function pngOf(number: number): Promise<Buffer> {
  const { data, width, height } = samplePicture(number, SIDE);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function throwIt(error: Error): never {
  throw error;
}
