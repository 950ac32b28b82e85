import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { audioMatcher } from '#shared/domain/discovery/matchers/audio.ts';
import { buildSoundSpace, buildSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import type { SoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { realData } from '#tests/support/real-data.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { readCsv } from '../lists/csv.ts';
import { quantile } from '../lists/statistics.ts';

const LARGE = 1_000_000;
const SMALL = 100_000;
const QUESTIONS = 200;
const NEAREST = 50;
const DIMENSIONS = 12;
/** One value in so many is unknown. */
const UNKNOWN_EVERY = 25;
const COLUMNS = [...AUDIO_FEATURES.filter((feature) => feature !== 'time_signature'), 'duration_ms'] as const;

/** Finds the exact nearest 50 among a million recordings with twelve features, some unknown, and compares the time with reading that memory once. */
export async function benchSimilar(): Promise<void> {
  const real = readFeatures();
  console.log(`features of ${real.length.toLocaleString('en')} recordings, spread to ${LARGE.toLocaleString('en')}`);
  const columns = spread(real, LARGE);
  const startedAt = performance.now();
  const space = finish(buildSpace(columns, LARGE));
  reportObserved('similar.build-seconds', (performance.now() - startedAt) / 1000, 's, once for a catalog');
  const questions = Array.from({ length: QUESTIONS }, (_, at) => Math.floor(chanceOf(11, at) * LARGE));
  const readMs = readOnce(columns);
  const times = questions.map((row) => timed(() => space.nearest(row, { limit: NEAREST })));
  reportObserved('similar.read-once-ms', readMs, 'ms for reading the same memory once');
  reportObserved('similar.p50-ms', quantile(times, 0.5), 'ms');
  reportObserved('similar.p95-ms', quantile(times, 0.95), 'ms');
  reportFigure('similar.time-over-reading', quantile(times, 0.5) / readMs, { atMost: 2 });
  reportFigure('similar.wrong', countWrong(space, columns, questions.slice(0, 20)), { atMost: 0 });
  throughMatcher(real);
  await Promise.resolve();
}

/** The matcher as the product calls it, over a tenth. */
function throughMatcher(real: readonly Float32Array[]): void {
  const columns = spread(real, SMALL);
  const builder = createCatalogBuilder(SMALL);
  for (let row = 0; row < SMALL; row++) {
    const valueOf = (name: string) => {
      const value = columns[COLUMNS.findIndex((column) => column === name)]?.[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    };
    builder.add({
      recordingId: row + 1,
      artistIds: [`artist ${row % 7_000}`],
      albumId: `album ${row % 10_000}`,
      durationMs: valueOf('duration_ms') ?? 200_000,
      explicit: null,
      popularity: null,
      releasedOn: null,
      ingestedOn: '2026-01-01',
      hasIsrc: false,
      features: AUDIO_FEATURES.map(valueOf),
      featuresSource: 'reccobeats',
      genres: [],
      moods: [],
    });
  }
  const catalog = builder.build();
  const context = { catalog, lists: [], listed: new Uint32Array(SMALL), sound: finish(buildSoundSpace(catalog)) };
  const times = Array.from({ length: QUESTIONS }, (_, at) => {
    const seeds = [{ kind: 'recording' as const, rows: [Math.floor(chanceOf(12, at) * SMALL)] }];
    return timed(() => audioMatcher.match(context, { seeds, admits: () => true, limit: NEAREST }));
  });
  reportFigure('similar.matcher-p95-ms', quantile(times, 0.95), { atMost: 3 });
}

function readFeatures(): Float32Array[] {
  const path = realData('spotify-tracks/tracks.csv.gz');
  if (!path)
    return Array.from({ length: 50_000 }, (_, at) => Float32Array.from(COLUMNS, (_name, column) => chanceOf(column, at) + chanceOf(column % 3, at)));
  return readCsv(path).map((line) => Float32Array.from(COLUMNS, (name) => (line[name] ? Number(line[name]) : Number.NaN)));
}

/** Real rows with small differences, as more recordings than there are; some values unknown. */
function spread(real: readonly Float32Array[], size: number): Float32Array[] {
  const deviations = COLUMNS.map((_, column) => deviationOf(real.map((row) => row[column] ?? Number.NaN)));
  return COLUMNS.map((_, column) =>
    Float32Array.from({ length: size }, (_row, row) => {
      if (Math.floor(chanceOf(100 + column, row) * UNKNOWN_EVERY) === 0) return Number.NaN;
      const value = real[row % real.length]?.[column] ?? Number.NaN;
      const shift = row < real.length ? 0 : (chanceOf(200 + column, row) - 0.5) * 0.5 * (deviations[column] ?? 1);
      return value + shift;
    }),
  );
}

function deviationOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
}

/** The fastest of some ways to read twelve columns of a million values once. */
function readOnce(columns: readonly Float32Array[]): number {
  const all = new Float32Array(columns.length * LARGE);
  columns.forEach((column, at) =>
    all.set(
      column.map((value) => (Number.isNaN(value) ? 0 : value)),
      at * LARGE,
    ),
  );
  const doubles = new Float64Array(all.buffer);
  let sink = 0;
  const ways = [
    () => (sink += sumOf(doubles)),
    () => (sink += Buffer.from(all.buffer).indexOf('a text that is not in there')),
    // A value that 32 bits hold exactly: for any other V8 does not read at all.
    () => (sink += all.indexOf(12_345.5)),
  ];
  const times = ways.map((read) => Math.min(...Array.from({ length: 15 }, () => timed(read))));
  console.log(
    `reading once: ${times.map((ms) => ms.toFixed(2)).join(', ')} ms (sum in four chains, byte search, value search)${sink === 0.5 ? '!' : ''}`,
  );
  return Math.min(...times);
}

function sumOf(values: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < values.length; at += 4) {
    a += values[at]!;
    b += values[at + 1]!;
    c += values[at + 2]!;
    d += values[at + 3]!;
  }
  return a + b + c + d;
}

/** Questions whose answer differs from that of comparing everything with everything. */
function countWrong(space: Pick<SoundSpace, 'nearest'>, columns: readonly Float32Array[], questions: readonly number[]): number {
  const scaled = columns.map((column) => {
    const deviation = deviationOf([...column]);
    const known = column.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return column.map((value) => Math.max(-4, Math.min(4, (value - mean) / deviation)));
  });
  const distanceOf = (one: number, other: number) => {
    let sum = 0;
    for (const column of scaled) {
      const [x = 0, y = 0] = [column[one], column[other]];
      sum += Number.isNaN(x) && Number.isNaN(y) ? 2 : Number.isNaN(x) ? y * y + 1 : Number.isNaN(y) ? x * x + 1 : (x - y) ** 2;
    }
    return Math.sqrt(sum / DIMENSIONS);
  };
  return questions.filter((row) => {
    const all = new Float64Array(LARGE);
    for (let other = 0; other < LARGE; other++) all[other] = other === row ? Number.POSITIVE_INFINITY : distanceOf(row, other);
    all.sort();
    const { distances } = space.nearest(row, { limit: NEAREST });
    return distances.some((distance, at) => Math.abs(distance - (all[at] ?? 0)) > 1e-4);
  }).length;
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
