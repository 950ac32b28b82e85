import { assets } from '#drizzle/schema/index.ts';
import { createCaller } from '#server/routers/index.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { sql } from 'drizzle-orm';
import { openBenchDatabase } from '../bench-database.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { measureLibraryScroll } from './library-scroll.ts';

const ASSETS = 100_000;
const CALLS = 200;
const FIRST_PAGE_MS = 60;
const SEARCH_MS = 80;
/** From one in two prompts to one in several thousand. */
const SEARCHES = ['night', 'fox night', 'lighthouse', 'harbor red bus', 'umbrel', 'word4711', 'lanterns word99'];

/** The first page and the searches of a library of 100,000 assets at the API, and scrolling through 2,000 tiles in a browser. */
export async function benchLibrary(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  using home = temporaryFolder();
  const deps = openInstance(database.url, sandbox.env, { variables: { SEGUE_HOME: home.path } });
  const { generation } = createCaller({ deps, actor: { kind: 'admin_key' } });
  await deps.db.execute(sql`
    insert into ${assets} (id, sha256, media_type, bytes, width, height, origin, prompt, task, model, colors, thumbhash, created_at)
    select gen_random_uuid(), md5(n::text) || md5((n + 1)::text), 'image/png', 1000000 + n, 1024, 1024, 'render',
      concat_ws(' ', 'a', (array['night', 'day'])[1 + n % 2], (array['fox', 'bus', 'lighthouse', 'umbrellas', 'kiosk', 'lanterns', 'harbor'])[1 + n % 7],
        (array['red', 'green', 'blue', 'old', 'wet'])[1 + n % 5], 'with word' || n % 5000, 'beside word' || (n * 7) % 9000, 'in the rain, photographed from a low window'),
      'text_to_image', (array['fal-z-image-turbo', 'stability-core', 'gemini-nano-banana-2.1'])[1 + n % 3],
      array[(array['red', 'orange', 'blue', 'dark'])[1 + n % 4]], decode(repeat('ab', 25), 'hex'), now() - n * interval '1 minute'
    from generate_series(1, ${ASSETS}) n`);
  await deps.db.execute(sql`vacuum analyze ${assets}`);
  reportFigure('library.first_page_p95_ms', await measure(() => generation.assets.list({})), { atMost: FIRST_PAGE_MS });
  reportFigure('library.search_p95_ms', await measure((turn) => generation.assets.list({ search: SEARCHES[turn % SEARCHES.length] })), {
    atMost: SEARCH_MS,
  });
  // No prompt has the word: similar ones are looked for.
  for (const search of [...SEARCHES, 'lighthuose'])
    reportObserved(`library.search_${search.replaceAll(' ', '_')}_ms`, await measure(() => generation.assets.list({ search })), 'ms');
  reportObserved(
    'library.filters_ms',
    await measure(() => generation.assets.list({ models: ['stability-core'], colors: ['blue'], search: 'fox' })),
    'ms',
  );
  reportObserved('library.facets_ms', await measure(() => generation.assets.facets()), 'ms');
  await deps.close();
  await measureLibraryScroll(database.url, sandbox.env);
}

/** The 95th percentile of many calls in ms, after some to warm up. */
async function measure(call: (turn: number) => Promise<unknown>): Promise<number> {
  for (let turn = 0; turn < 20; turn += 1) await call(turn);
  const times: number[] = [];
  for (let turn = 0; turn < CALLS; turn += 1) {
    const startedMs = performance.now();
    await call(turn);
    times.push(performance.now() - startedMs);
  }
  return times.toSorted((a, b) => a - b)[Math.ceil(CALLS * 0.95) - 1] ?? Number.NaN;
}
