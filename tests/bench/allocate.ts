import { benchSingleLists } from './allocation/single.ts';
import { runChild } from './child.ts';
import { reportFigure, reportObserved } from './figures.ts';

const RECORDINGS = 1_000_000;
const PLAYLISTS = 667;

interface SharedDay {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly places: number;
  readonly violations: number;
  readonly overBound: number;
  readonly firstComeOverBound: number;
  readonly firstComeWorst: number;
  readonly worst: number;
  readonly mean: number;
}

/** Compares single playlists with an integer program, then a whole network's day with an upper bound. */
export async function benchAllocate(): Promise<void> {
  await benchSingleLists();
  const day = await runChild<SharedDay>('./allocation/day.ts', [`${RECORDINGS}`, `${PLAYLISTS}`]);
  console.log(`${PLAYLISTS} playlists of 20 policies had ${day.places.toLocaleString('en')} slots for ${RECORDINGS.toLocaleString('en')} recordings`);
  reportFigure('allocate.score_over_bound', day.overBound, { atLeast: 0.98 });
  reportFigure('allocate.hard_violations', day.violations, { atMost: 0 });
  reportFigure('allocate.seconds', day.seconds, { atMost: 30 });
  reportFigure('allocate.peak_gb', day.peakBytes / 1e9, { atMost: 1.5 });
  reportObserved('allocate.gap', 100 * (1 - day.overBound), '% below the bound, partly given up for the worst playlist');
  reportObserved('allocate.worst_playlist', day.worst, 'of its score if allocated alone');
  reportObserved('allocate.first_come_gap', 100 * (1 - day.firstComeOverBound), '% below the bound when playlists are filled one after the other');
  reportObserved('allocate.first_come_worst_playlist', day.firstComeWorst, 'of its score if allocated alone');
  reportObserved('allocate.mean_playlist', day.mean, 'of its score if allocated alone');
}
