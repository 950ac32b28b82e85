import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { openBenchDatabase } from '../bench-database.ts';
import { runChild } from '../child.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import type { UploadFigures } from './upload-run.ts';

const PHOTOS = Number(process.env['UPLOAD_PHOTOS'] ?? 50);
const DIFFERENT = 5;
const WIDTH = 4_000;
const HEIGHT = 3_000;
const RATIO_GOAL = 1.3;
const RSS_GOAL_MB = 700;
const PAUSE_GOAL_MS = 50;

/** Photos of 12 megapixels, four at once: decoded, written again, with previews, against the same with sharp alone. In a process that did not draw them. */
export async function benchUpload(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  using home = temporaryFolder();
  using folder = temporaryFolder();
  const files = Array.from({ length: DIFFERENT }, (_, seed) => path.join(folder.path, `${seed}.jpg`));
  for (const [seed, file] of files.entries()) await writeFile(file, await photoOf(seed));
  const figures = await runChild<UploadFigures>('./studio/upload-run.ts', [
    JSON.stringify({ databaseUrl: database.url, env: sandbox.env, home: home.path, files, photos: PHOTOS }),
  ]);
  reportObserved('upload.per_photo_ms', figures.oursMs, 'ms');
  reportObserved('upload.alone_ms', figures.aloneMs, 'ms');
  reportFigure('upload.ratio', figures.oursMs / figures.aloneMs, { atMost: RATIO_GOAL });
  reportFigure('upload.peak_rss_mb', figures.peakMb, { atMost: RSS_GOAL_MB });
  reportFigure('upload.longest_pause_ms', figures.longestPauseMs, { atMost: PAUSE_GOAL_MS });
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
