import { uploadPicture } from '#server/use-cases/studio/upload-picture.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { peakMemory } from '../child.ts';

const AT_ONCE = 4;

export interface UploadFigures {
  /** Per photo. */
  readonly oursMs: number;
  readonly aloneMs: number;
  readonly peakMb: number;
  readonly longestPauseMs: number;
}

interface Run {
  readonly databaseUrl: string;
  readonly env: Parameters<typeof openInstance>[1];
  readonly home: string;
  readonly files: readonly string[];
  readonly photos: number;
}

const { databaseUrl, env, home, files, photos } = JSON.parse(process.argv[2] ?? '') as Run;
const deps = openInstance(databaseUrl, env, { variables: { SEGUE_HOME: home } });

async function run(work: (file: Uint8Array) => Promise<unknown>): Promise<number> {
  const limit = pLimit(AT_ONCE);
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: photos }, (_, number) => limit(async () => work(await readFile(files[number % files.length] ?? '')))));
  return (performance.now() - startedMs) / photos;
}

const upload = (file: Uint8Array) => uploadPicture(deps, { kind: 'admin_key' }, file);

/** The same work without checks, storage and rows. */
async function alone(file: Uint8Array): Promise<void> {
  const written = await sharp(file).rotate().toColorspace('srgb').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
  const large = sharp(written).resize(640, 640, { fit: 'inside' });
  await Promise.all(
    [640, 300, 64].map((side) => large.clone().resize(side, side, { fit: 'inside' }).webp({ quality: 82, smartSubsample: true }).toBuffer()),
  );
}

for (const file of files) await upload(await readFile(file));
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
const oursMs = await run(upload);
delays.disable();
const figures: UploadFigures = { oursMs, peakMb: peakMemory() / 1e6, longestPauseMs: delays.max / 1e6, aloneMs: await run(alone) };
console.log(JSON.stringify(figures));
await deps.close();
