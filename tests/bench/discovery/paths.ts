import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { buildSoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { choosePath } from '#shared/domain/discovery/paths/choose-path.ts';
import { candidateLayers, listsByRow, soundLayers } from '#shared/domain/discovery/paths/path-layers.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { quantile } from '../lists/statistics.ts';
import { readVibeCatalog } from './vibe-catalog.ts';

const PATHS = 60;
/** The first paths read titles and compile code. */
const WARM_UP = 10;
const LISTS = 2_000;
const LIST_TRACKS = 50;
const P95_MS_MAX = 150;

/** Paths between songs of a hundred thousand recordings, with as many lists as the server reads. */
export async function benchPaths(): Promise<void> {
  const catalog = readVibeCatalog();
  if (!catalog) return console.log('paths: skipped, SEGUE_DATA has no tracks.');
  const sound = finish(buildSoundSpace(catalog));
  const draw = (salt: number, n: number) => Math.floor(chanceOf(salt, n) * catalog.size);
  const lists = Array.from({ length: LISTS }, (_, list) => Array.from({ length: LIST_TRACKS }, (_track, at) => draw(61, list * LIST_TRACKS + at)));
  for (const [by, steps] of [
    ['both', 8],
    ['sound', 30],
    ['both', 30],
    ['playlists', 30],
  ] as const) {
    const times: number[] = [];
    let found = 0;
    for (let n = -WARM_UP; n < PATHS; n++) {
      const ends = [draw(62, n + WARM_UP), draw(63, n + WARM_UP)] as const;
      const started = performance.now();
      const shape = { ends, steps, perPlace: Math.min(96, Math.floor(Math.sqrt(100_000 / steps))), admits: (row: number) => !ends.includes(row) };
      const heard = soundLayers(sound, shape);
      const layers = candidateLayers({ catalog, lists, sound }, { ...shape, by, heard, kept: new Map() });
      const context = { catalog, sound, listsOf: listsByRow(lists, layers.flat()) };
      const path = finish(choosePath(context, { layers, fixed: new Set([0, steps]), separation: 3, by }));
      if (n < 0) continue;
      times.push(performance.now() - started);
      if (path && new Set(path.rows).size === steps + 1 && path.rows.every((row) => artistsOf(catalog, row).length > 0)) found += 1;
    }
    reportFigure(`paths.${by}_${steps}_p95_ms`, quantile(times, 0.95), { atMost: P95_MS_MAX });
    reportObserved(`paths.${by}_${steps}_found`, found, `of ${PATHS}`);
  }
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
