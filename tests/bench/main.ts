import { benchAllocate } from './allocate.ts';
import { benchCoverDistinct } from './covers/cover-distinct.ts';
import { benchCoverLocal } from './cover-local.ts';
import { benchCoverLegible } from './cover-legible.ts';
import { benchCoverOverhead } from './studio/cover-overhead.ts';
import { benchLibrary } from './studio/library.ts';
import { benchRenders } from './studio/renders.ts';
import { benchShortLinks } from './studio/short-links.ts';
import { benchUpload } from './studio/upload.ts';
import { benchVibeLexicon } from './discovery/vibe-lexicon.ts';
import { benchMatchers } from './discovery/matchers.ts';
import { benchImportList } from './discovery/import-list.ts';
import { benchPaths } from './discovery/paths.ts';
import { benchSearch } from './discovery/search.ts';
import { benchSeedPlaylist } from './discovery/seed-playlist.ts';
import { benchSimilar } from './discovery/similar.ts';
import { benchCurate } from './curate.ts';
import { benchExplain } from './explain.ts';
import { benchFeasibility } from './feasibility.ts';
import { benchHostile } from './hostile.ts';
import { benchIngest } from './ingest.ts';
import { benchJobs } from './jobs.ts';
import { benchJpegFit } from './jpeg-fit.ts';
import { benchLists } from './lists.ts';
import { benchPlan } from './plan.ts';
import { benchRead } from './read.ts';
import { benchSimulate } from './simulate.ts';
import { benchSync } from './sync.ts';

const BENCHES = {
  'jpeg-fit': benchJpegFit,
  'cover-legible': benchCoverLegible,
  'cover-overhead': benchCoverOverhead,
  'cover-local': benchCoverLocal,
  hostile: benchHostile,
  ingest: benchIngest,
  curate: benchCurate,
  simulate: benchSimulate,
  feasibility: benchFeasibility,
  explain: benchExplain,
  allocate: benchAllocate,
  jobs: benchJobs,
  library: benchLibrary,
  renders: benchRenders,
  'short-links': benchShortLinks,
  upload: benchUpload,
  lists: benchLists,
  search: benchSearch,
  paths: benchPaths,
  'import-list': benchImportList,
  similar: benchSimilar,
  matchers: benchMatchers,
  'seed-playlist': benchSeedPlaylist,
  sync: benchSync,
  plan: () => benchPlan(),
  read: benchRead,
  'cover-distinct': benchCoverDistinct,
  'vibe-lexicon': benchVibeLexicon,
};

const requested = process.argv.slice(2);
const names = requested.length > 0 ? requested : Object.keys(BENCHES);
for (const name of names) {
  const bench = Object.entries(BENCHES).find(([known]) => known === name)?.[1];
  if (!bench) {
    console.error(`Unknown bench "${name}". Choose from: ${Object.keys(BENCHES).join(', ')}.`);
    process.exit(2);
  }
  await bench();
}
