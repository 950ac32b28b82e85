import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { createCoverType } from '#server/providers/cover-type/cover-type.ts';
import { createArtTypeface } from '#server/providers/local-art/faces.ts';
import { createLocalArt } from '#server/providers/local-art/local-art.ts';
import { paintList } from '#shared/domain/covers/art/painting/paint-list.ts';
import { paintPicture } from '#server/use-cases/covers/paint-picture.ts';
import { localArtInput } from '#shared/contracts/covers/local-art.ts';
import { analyzeTracks } from '#shared/domain/covers/analysis/analyze-tracks.ts';
import type { AnalyzedTrack } from '#shared/domain/covers/analysis/analyzed-track.ts';
import { chooseArt } from '#shared/domain/covers/art/choose-art.ts';
import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import { requestFor } from '#shared/domain/covers/projects/type-request.ts';
import { COVER_JPEG_BYTES_MAX } from '#shared/domain/covers/type/cover-size.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { createCanvas } from '@napi-rs/canvas';
import pLimit from 'p-limit';
import { SAMPLE_TITLES, sampleMusic } from '../support/covers/sample-music.ts';
import { reportFigure, reportObserved } from './figures.ts';

const COVERS = Number(process.env['COVER_LOCAL_COVERS'] ?? 1_000);
/** Covers whose steps are timed one after the other. */
const TIMED = Math.min(COVERS, 120);
const WINDOW = Math.max(1, Math.floor(COVERS / 10));
const TRACKS = 50;
const MASTERS = 12;

const coverFiles = createCoverJpeg();
const deps = { localArt: createLocalArt(), coverFiles, coverType: createCoverType(coverFiles), newId: () => 'bench' };
const { signal } = new AbortController();

/** Whole covers by our own means: analysis, picture, type and JPEG; how a large master compares; and whether memory stays. */
export async function benchCoverLocal(): Promise<void> {
  for (let number = 0; number < 5; number += 1) await makeOne(number);
  const [whole, fit]: [number[], number[]] = [[], []];
  for (let number = 0; number < TIMED; number += 1) {
    const startedAt = performance.now();
    const { pixels } = await makeOne(number);
    whole.push(performance.now() - startedAt);
    const fitAt = performance.now();
    await coverFiles.fitJpeg(pixels, { bytesMax: COVER_JPEG_BYTES_MAX });
    fit.push(performance.now() - fitAt);
  }
  reportFigure('cover-local.p95-by-fit-alone', p95(whole) / p95(fit), { atMost: 1.7 });
  reportObserved('cover-local.p95', p95(whole), 'ms');
  reportObserved('cover-local.fit.p95', p95(fit), 'ms');
  await measureMasters();
  await measureMemory();
}

/** One cover of a made-up playlist, whose picture does not spell its title. */
async function makeOne(number: number) {
  const { facts } = analyzeTracks(tracksOf(number));
  const title = SAMPLE_TITLES[number % SAMPLE_TITLES.length] ?? 'Harbor Glass';
  const families = ART_FAMILY_NAMES.filter((family) => !['type', 'letter', 'echo'].includes(family));
  const input = localArtInput.parse({ family: families[number % families.length], seed: number, title, music: facts });
  const { bytes, request, details } = await paintPicture(deps, input, signal);
  const words = { title, subtitle: null };
  return deps.coverType.typeset(bytes, requestFor({ words, wish: { layout: 'auto' }, palette: request.palette.id, room: details.room[0] }), signal);
}

function tracksOf(number: number): readonly AnalyzedTrack[] {
  const music = sampleMusic(number);
  return Array.from({ length: TRACKS }, (_, at) => ({
    durationMs: 200_000 + at * 1_000,
    valence: music.valence,
    energy: music.energy,
    danceability: music.danceability,
    acousticness: music.acousticness,
    instrumentalness: music.instrumentalness,
    liveness: chanceOf(3, at),
    speechiness: 0.05,
    tempo: music.tempo,
    genres: music.genres.map(({ name }) => name),
    releaseYear: music.decade,
  }));
}

async function measureMasters(): Promise<void> {
  const typeface = createArtTypeface();
  const draw = (number: number, size: number, encodes: boolean): number => {
    const chosen = chooseArt(
      localArtInput.parse({ family: ART_FAMILY_NAMES[number % 12], seed: number, size, title: 'Harbor Glass', music: sampleMusic(number) }),
    );
    if (!chosen) return 0;
    const startedAt = performance.now();
    const canvas = createCanvas(size, size);
    paintList(canvas.getContext('2d'), drawArt(chosen.request).list, typeface);
    if (encodes) canvas.encodeSync('png');
    else canvas.getContext('2d').getImageData(0, 0, 1, 1);
    return performance.now() - startedAt;
  };
  const ratio = (encodes: boolean): number => {
    const sides = [640, 3_000].map((size) =>
      Array.from({ length: MASTERS }, (_, number) => draw(number, size, encodes)).reduce((sum, ms) => sum + ms, 0),
    );
    return (sides[1] ?? 0) / (sides[0] ?? 1);
  };
  ratio(false);
  reportFigure('cover-local.master-by-640.encoded', ratio(true), { atMost: 22 });
  reportFigure('cover-local.master-by-640.drawn', ratio(false), { atMost: 12 });
}

/** Two at a time, as on two cores; memory is read after each collection. */
async function measureMemory(): Promise<void> {
  const sizes: number[] = [];
  const startedAt = performance.now();
  await pLimit(2).map(
    Array.from({ length: COVERS }, (_, number) => number),
    async (number) => {
      await makeOne(number);
      if (number % 10 === 0) globalThis.gc?.();
      sizes.push(process.memoryUsage().rss);
    },
  );
  reportObserved('cover-local.covers-per-second', COVERS / ((performance.now() - startedAt) / 1_000), 'on this machine');
  reportFigure('cover-local.rss.last-by-first', mean(sizes.slice(-WINDOW)) / mean(sizes.slice(0, WINDOW)), { atMost: 1.1 });
  reportObserved('cover-local.rss', mean(sizes.slice(-WINDOW)) / 2 ** 20, 'MB');
}

const p95 = (times: readonly number[]) => times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;
const mean = (part: readonly number[]) => part.reduce((sum, size) => sum + size, 0) / part.length;
