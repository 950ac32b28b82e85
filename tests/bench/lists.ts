import { chanceOf } from '#shared/domain/hash.ts';
import { reportObserved } from './figures.ts';
import { curateDays } from './lists/curated-days.ts';
import type { CuratedPolicy } from './lists/curated-days.ts';
import { generatedMusic } from './lists/generated-music.ts';
import type { Music } from './lists/music.ts';
import { measureArcs, measureOrder } from './lists/order-measures.ts';
import { readRealMusic } from './lists/real-music.ts';
import { confidence, mean } from './lists/statistics.ts';
import { medianRatios, measureTwins, twinsOf } from './lists/twins.ts';
import type { Twin } from './lists/twins.ts';
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
  reportPolicies(
    'random',
    music,
    policies.map(({ name, body }) => curateDays(music.catalog, { name, body: randomBody(body) }, DAYS)),
  );
  reportPolicies(
    'version-1',
    music,
    policies.map((policy) => curateDays(music.catalog, policy, DAYS)),
  );
  await Promise.resolve();
}

/** Random choice under the same pool and caps. */
function randomBody(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...body, variety: 1 };
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
  const systems: readonly [string, (twin: Twin) => unknown][] = [
    ['random', ({ body }) => randomBody(body)],
    ['version-1', ({ body }) => body],
  ];
  for (const [name, bodyOf] of systems) {
    const figures = measureTwins(music, twinsOf(music, TWINS), bodyOf);
    for (const [field, ratio] of Object.entries(medianRatios(figures))) reportObserved(`lists.sd-ratio.${field} ${name}`, ratio, 'of the person’s');
    const hits = figures.map((one) => one.hits);
    reportObserved(`lists.hits ${name}`, mean(hits), `± ${confidence(hits).toFixed(3)}`);
    const two = measureTwins(music, twinsOf(music, TWINS, ['energy', 'valence']), bodyOf);
    const { energy = Number.NaN, valence = Number.NaN } = medianRatios(two);
    reportObserved(`lists.sd-ratio-of-two.energy ${name}`, energy, 'of the person’s, with energy and valence only');
    reportObserved(`lists.sd-ratio-of-two.valence ${name}`, valence, 'of the person’s, with energy and valence only');
  }
}

const isFree = ({ policy }: CuratedPolicy) => policy.flow.energy === 'free' && policy.flow.tempo === 0;

function reportPolicies(system: string, { catalog }: Music, curated: readonly CuratedPolicy[]): void {
  const windows = curated.map((one) => measureWindow(catalog, one));
  const observe = (name: string, value: number, unit = '') => reportObserved(`lists.${name} ${system}`, value, unit);
  observe('filled', mean(curated.flatMap(({ lists }) => lists.map(({ rows }) => Number(rows.length > 0)))), 'of all days');
  observe('sd-by-spread', mean(windows.map((one) => one.deviationRatio)));
  observe('mean-error', mean(windows.map((one) => one.meanError)), `worst ${Math.max(...windows.map((one) => one.meanErrorWorst)).toFixed(2)}`);
  for (const [at, day] of [1, 10, 30].entries()) observe(`closeness-day-${day}`, mean(windows.map((one) => one.closeness[at] ?? Number.NaN)));
  observe('day30-by-day1', mean(windows.map((one) => one.lastByFirst)));
  observe('day31-in-day1', mean(windows.map((one) => one.backOnDay31)), 'of 50');
  observe('artist-yesterday', mean(windows.map((one) => one.artistYesterday)));
  observe('same-song-7', mean(windows.map((one) => one.songWithin7)), 'a list');
  observe('same-song-8-to-10', mean(windows.map((one) => one.songOn8To10)), 'a list');
  const orders = curated.filter(isFree).flatMap(({ lists }) => lists.map(({ rows }) => rows));
  const order = measureOrder(catalog, system === 'random' ? orders.map(shuffled) : orders);
  for (const [name, value] of Object.entries(order)) observe(name, value);
  const arcs = measureArcs(catalog, curated);
  for (const [name, value] of Object.entries(arcs)) observe(`arc-${name}`, value);
}
