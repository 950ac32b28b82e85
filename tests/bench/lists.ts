import { neighborsOf } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { reportFigure, reportObserved } from './figures.ts';
import { curateDays } from './lists/curated-days.ts';
import type { CuratedPolicy } from './lists/curated-days.ts';
import { generatedMusic } from './lists/generated-music.ts';
import type { Music } from './lists/music.ts';
import { measureArcs, measureOrder } from './lists/order-measures.ts';
import { measureReasons } from './lists/reason-measures.ts';
import { readRealMusic } from './lists/real-music.ts';
import { confidence, mean } from './lists/statistics.ts';
import { medianRatios, measureTwins, twinsOf } from './lists/twins.ts';
import { measureWindow } from './lists/window-measures.ts';

const POLICIES = Number(process.env['LISTS_POLICIES'] ?? 16);
const DAYS = Number(process.env['LISTS_DAYS'] ?? 31);
const TWINS = Number(process.env['LISTS_TWINS'] ?? 150);

/** Measures lists as a listener hears them, over sixteen policies and a month, and against playlists that people made. */
export async function benchLists(): Promise<void> {
  const music = readRealMusic({ hasGenres: true }) ?? generatedMusic();
  console.log(`${music.catalog.size.toLocaleString('en')} recordings, ${Math.min(POLICIES, music.policies.length)} policies, ${DAYS} days`);
  if (music.human.length === 0) console.log('Skipped: hits, twins and people’s playlists need the real data.');
  else {
    measureHuman(music);
    const real = readRealMusic({ hasGenres: false });
    if (real) compareTwins(real);
  }
  const policies = music.policies.slice(0, POLICIES);
  for (const { name, bodyOf } of SYSTEMS) {
    const curated = policies.map((policy) => curateDays(music.catalog, { name: policy.name, body: bodyOf(policy.body) }, DAYS));
    reportPolicies(name, music, curated);
  }
  await Promise.resolve();
}

interface System {
  readonly name: string;
  readonly bodyOf: (body: Readonly<Record<string, unknown>>) => unknown;
}

/** Random choice under the same pool and caps; lists of single scores; lists chosen as a whole, which have the goals. */
const SYSTEMS: readonly System[] = [
  { name: 'random', bodyOf: (body: Readonly<Record<string, unknown>>) => ({ ...body, variety: 1 }) },
  { name: 'version-1', bodyOf: (body: Readonly<Record<string, unknown>>) => body },
  { name: 'version-2', bodyOf: (body: Readonly<Record<string, unknown>>) => ({ ...body, version: 2 }) },
].filter(({ name }) => (process.env['LISTS_SYSTEMS'] ?? name).includes(name));

/** The system that the goals are set for. */
const WITH_GOALS = 'version-2';

/** Reports a figure of a system: with its goal, or observed beside it. */
function reportOf(system: string): (name: string, value: number, goal: Parameters<typeof reportFigure>[2]) => void {
  return (name, value, goal) => {
    if (system === WITH_GOALS) reportFigure(`lists.${name}`, value, goal);
    else reportObserved(`lists.${name} ${system}`, value, '');
  };
}

/** In an order by lot: random choice also means random order. */
function shuffled(rows: readonly number[], at: number): number[] {
  return rows.toSorted((a, b) => chanceOf(at, a) - chanceOf(at, b));
}

function measureHuman({ catalog, human }: Music): void {
  const order = measureOrder(
    catalog,
    human.map(({ rows }) => rows),
  );
  for (const [name, value] of Object.entries(order)) reportObserved(`lists.${name} human`, value, '');
}

function compareTwins(music: Music): void {
  for (const { name, bodyOf } of SYSTEMS) {
    const figures = measureTwins(music, twinsOf(music, TWINS), { bodyOf });
    for (const [field, ratio] of Object.entries(medianRatios(figures))) {
      reportOf(name)(`sd-ratio.${field}`, ratio, { atLeast: 0.85 });
      if (name === WITH_GOALS) reportFigure(`lists.sd-ratio.${field}`, ratio, { atMost: 1.15 });
    }
    const hits = figures.map((one) => one.hits);
    reportObserved(`lists.hits-confidence ${name}`, confidence(hits), '±');
    reportOf(name)('hits', mean(hits), { atLeast: 0.023 });
    reportObserved(`lists.hits-untuned ${name}`, mean(untuned(hits)), 'on the half of the twins that nothing was tuned on');
    if (name === WITH_GOALS) compareWithExamples(music, bodyOf);
    const two = measureTwins(music, twinsOf(music, TWINS, ['energy', 'valence']), { bodyOf });
    const { energy = Number.NaN, valence = Number.NaN } = medianRatios(two);
    reportObserved(`lists.sd-ratio-of-two.energy ${name}`, energy, 'of the person’s, with energy and valence only');
    reportObserved(`lists.sd-ratio-of-two.valence ${name}`, valence, 'of the person’s, with energy and valence only');
  }
}

/** Every second figure: the others were used for tuning. */
const untuned = (figures: readonly number[]) => figures.filter((_, at) => at % 2 === 1);

function compareWithExamples(music: Music, bodyOf: System['bodyOf']): void {
  const figures = measureTwins(music, twinsOf(music, TWINS), { bodyOf, hasExamples: true });
  for (const [field, ratio] of Object.entries(medianRatios(figures))) reportObserved(`lists.sd-ratio-with-examples.${field}`, ratio, '');
  const hits = figures.map((one) => one.hits);
  reportObserved('lists.hits-with-examples-confidence', confidence(hits), '±');
  reportObserved('lists.hits-with-examples-untuned', mean(untuned(hits)), 'on the half of the twins that nothing was tuned on');
  reportFigure('lists.hits-with-examples', mean(hits), { atLeast: 0.046 });
}

const drawnFrom = (prefer: readonly unknown[]) => ({ version: 2, pool: { all: [] }, size: 50, prefer });

/** The kinds of facts in the reasons of the policies, and of policies by examples, by era and by newness. */
function kindsOf(catalog: Music['catalog'], kinds: ReadonlySet<string>): Set<string> {
  const rows = Array.from({ length: 30 }, (_, at) => at * Math.floor(catalog.size / 30));
  const lists = rows.map((row) => [row, row + 1, row + 2, row + 3]);
  const neighbors = neighborsOf(catalog, { seeds: [{ kind: 'playlist', rows }], avoid: [], lists });
  const curated = [
    curateDays(catalog, { name: 'examples', body: drawnFrom([]), neighbors }, 3),
    curateDays(catalog, { name: 'era', body: drawnFrom([{ field: 'release_year', toward: 1995, spread: 8, weight: 1 }]) }, 3),
    curateDays(catalog, { name: 'new', body: drawnFrom([{ field: 'release_date', newest: true, weight: 1 }]) }, 3),
  ];
  return new Set([...kinds, ...measureReasons(catalog, curated).kinds]);
}

const isFree = ({ policy }: CuratedPolicy) => policy.flow.energy === 'free' && policy.flow.tempo === 0;

function reportPolicies(system: string, { catalog }: Music, curated: readonly CuratedPolicy[]): void {
  const windows = curated.map((one) => measureWindow(catalog, one));
  const report = reportOf(system);
  const observe = (name: string, value: number, unit = '') => reportObserved(`lists.${name} ${system}`, value, unit);
  observe('filled', mean(curated.flatMap(({ lists }) => lists.map(({ rows }) => Number(rows.length > 0)))), 'of all days');
  observe('sd-by-spread', mean(windows.map((one) => one.deviationRatio)));
  report('mean-error', mean(windows.map((one) => one.meanError)), { atMost: 0.15 });
  observe('mean-error-worst-day', Math.max(...windows.map((one) => one.meanErrorWorst)), 'of any policy, also where the pool has no better choice');
  for (const [at, day] of [1, 10, 30].entries()) observe(`closeness-day-${day}`, mean(windows.map((one) => one.closeness[at] ?? Number.NaN)));
  report('day30-by-day1', mean(windows.map((one) => one.lastByFirst)), { atLeast: 0.95 });
  report('day31-in-day1', mean(windows.map((one) => one.backOnDay31)), { atMost: 10 });
  report('artist-yesterday', mean(windows.map((one) => one.artistYesterday)), { atMost: 0.02 });
  report('same-song-7', mean(windows.map((one) => one.songWithin7)), { atMost: 0 });
  report('same-song-8-to-10', mean(windows.map((one) => one.songOn8To10)), { atMost: 0.05 });
  const orders = curated.filter(isFree).flatMap(({ lists }) => lists.map(({ rows }) => rows));
  const order = measureOrder(catalog, system === 'random' ? orders.map(shuffled) : orders);
  report('lag1-energy', order.lagEnergy, { atMost: 0.4 });
  report('lag1-tempo', order.lagTempo, { atMost: 0.4 });
  report('opener-distance', order.openerDistance, { atMost: 0.55 });
  report('opener-popularity', order.openerPopularity, { atLeast: 0.6 });
  const arcs = measureArcs(catalog, curated);
  report('arc-correlation', arcs.correlation, { atLeast: 0.85 });
  report('arc-range', arcs.range, { atLeast: 0.25 });
  observe('arc-unavailable', arcs.unavailable, 'of lists with an arc span less energy than it needs');
  const reasons = measureReasons(catalog, curated);
  report('reason-decisive', reasons.decisive, { atLeast: 0.95 });
  report('draw-only-said', reasons.drawOnlySaid, { atLeast: 0.95 });
  if (system !== WITH_GOALS) return;
  const kinds = kindsOf(catalog, reasons.kinds);
  console.log(`Kinds of facts in reasons: ${[...kinds].join(', ')}`);
  reportFigure('lists.reason-kinds', kinds.size, { atLeast: 6 });
}
