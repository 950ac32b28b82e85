import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { uploadPicture } from '#server/use-cases/studio/upload-picture.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import pLimit from 'p-limit';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { openBenchDatabase } from '../bench-database.ts';
import { reportFigure, reportObserved } from '../figures.ts';

const PHOTOS = Number(process.env['UPLOAD_PHOTOS'] ?? 50);
const WIDTH = 4_000;
const HEIGHT = 3_000;
const AT_ONCE = 4;
const RATIO_GOAL = 1.3;
const RSS_GOAL_MB = 700;
const PAUSE_GOAL_MS = 50;

/** Photos of 12 megapixels, four at once: decoded, written again, with previews, against the same with sharp alone. */
export async function benchUpload(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  using home = temporaryFolder();
  const deps = openInstance(database.url, sandbox.env, { variables: { SEGUE_HOME: home.path } });
  const files = createCoverJpeg();
  const photos = await Promise.all(Array.from({ length: 5 }, (_, seed) => photoOf(seed)));
  const photo = (number: number) => photos[number % photos.length] ?? photos[0]!;
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6)), 20);
  const delays = monitorEventLoopDelay({ resolution: 5 });
  const run = async (work: (file: Uint8Array) => Promise<unknown>): Promise<number> => {
    const limit = pLimit(AT_ONCE);
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: PHOTOS }, (_, number) => limit(() => work(photo(number)))));
    return (performance.now() - startedMs) / PHOTOS;
  };
  const upload = (file: Uint8Array) => uploadPicture({ ...deps, coverFiles: files }, { kind: 'admin_key' }, file);
  await Promise.all(photos.map(upload));
  delays.enable();
  const oursMs = await run(upload);
  delays.disable();
  clearInterval(watch);
  await Promise.all(photos.map(alone));
  const aloneMs = await run(alone);
  reportObserved('upload.per_photo_ms', oursMs, 'ms');
  reportObserved('upload.alone_ms', aloneMs, 'ms');
  reportFigure('upload.ratio', oursMs / aloneMs, { atMost: RATIO_GOAL });
  reportFigure('upload.peak_rss_mb', peakMb, { atMost: RSS_GOAL_MB });
  reportFigure('upload.longest_pause_ms', delays.max / 1e6, { atMost: PAUSE_GOAL_MS });
  await deps.close();
}

/** The same work without checks, storage and rows. */
async function alone(file: Uint8Array): Promise<void> {
  const written = await sharp(file).rotate().toColorspace('srgb').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
  const large = sharp(written).resize(640, 640, { fit: 'inside' });
  await Promise.all(
    [640, 300, 64].map((side) => large.clone().resize(side, side, { fit: 'inside' }).webp({ quality: 82, smartSubsample: true }).toBuffer()),
  );
}

/** Smooth noise over a gradient: as many details as a photo has. */
async function photoOf(seed: number): Promise<Buffer> {
  const noise = sharp({
    create: {
      width: WIDTH / 8,
      height: HEIGHT / 8,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 30 + seed * 5 },
    },
  });
  return sharp(await noise.png().toBuffer())
    .resize(WIDTH, HEIGHT, { kernel: 'cubic' })
    .jpeg({ quality: 92 })
    .toBuffer();
}
