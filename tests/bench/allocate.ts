import { benchSingleLists } from './allocate-single.ts';
import { runChild } from './child.ts';
import { figure, observed } from './figures.ts';

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

/** Single lists against an integer program, then a whole network's day against a bound that no day can pass. */
export async function benchAllocate(): Promise<void> {
  await benchSingleLists();
  const day = await runChild<SharedDay>('./allocate-day.ts', [`${RECORDINGS}`, `${PLAYLISTS}`]);
  console.log(`${PLAYLISTS} lists of 20 policies had ${day.places.toLocaleString('en')} places for ${RECORDINGS.toLocaleString('en')} recordings`);
  figure('allocate.score_over_bound', day.overBound, { atLeast: 0.98 });
  figure('allocate.hard_violations', day.violations, { atMost: 0 });
  figure('allocate.seconds', day.seconds, { atMost: 30 });
  figure('allocate.peak_gb', day.peakBytes / 1e9, { atMost: 1.5 });
  observed('allocate.gap', 100 * (1 - day.overBound), '% below the bound, a part of it given up for the worst list');
  observed('allocate.worst_playlist', day.worst, 'of what it would get alone');
  observed('allocate.first_come_gap', 100 * (1 - day.firstComeOverBound), '% below the bound when lists are filled one after the other');
  observed('allocate.first_come_worst_playlist', day.firstComeWorst, 'of what it would get alone');
  observed('allocate.mean_playlist', day.mean, 'of what it would get alone');
}
