import { allocate } from '#shared/domain/allocate.ts';
import type { Allotment } from '#shared/domain/allocation.ts';
import { brokenRules } from '../unit/allocate-rules.ts';
import { upperBound } from './allocate-bound.ts';
import { demandsOf } from './allocate-demands.ts';
import { largeCatalogue } from './allocate-world.ts';
import { peakMemory } from './child.ts';

const [recordings = 0, playlists = 0] = process.argv.slice(2).map(Number);
const totalOf = (allotment: Allotment | undefined) => allotment?.chosen.reduce((sum, choice) => sum + choice.score, 0) ?? 0;

const catalogue = largeCatalogue(recordings);
const began = performance.now();
const demands = demandsOf(catalogue, playlists);
const shared = performance.now();
const allotments = allocate(demands, catalogue);
const ended = performance.now();
const peakBytes = peakMemory();

const total = allotments.reduce((sum, allotment) => sum + totalOf(allotment), 0);
const ratios = demands.map((demand, index) => totalOf(allotments[index]) / totalOf(allocate([demand], catalogue)[0]));
console.log(
  JSON.stringify({
    seconds: (ended - began) / 1000,
    secondsSharing: (ended - shared) / 1000,
    peakBytes,
    recordingsWanted: demands.reduce((sum, demand) => sum + demand.slots, 0),
    violations: brokenRules({ catalogue, demands }, allotments).length + allotments.filter((allotment) => !allotment.isComplete).length,
    overBound: total / upperBound(demands, catalogue, total),
    worst: Math.min(...ratios),
    mean: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
  }),
);
