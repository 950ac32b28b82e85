import type { SimulatedDay, SimulationResult, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { dayName, daysBetween } from '#web/lib/dates.ts';
import { inWords, plural } from '#web/lib/words.ts';
import type { ChartPoint } from '#web/ui/charts/chart-data.ts';

type Results = SimulationView['results'];

/** How one version did, as a sentence. */
export function outcomeOf({ dryDay, days, from }: SimulationResult): string {
  if (dryDay === null) return `Every list of ${plural(days.length, 'day')} was filled.`;
  const nth = daysBetween(from, dryDay) + 1;
  return nth === 1 ? `Already on the first day, ${dayName(dryDay)}, a list stayed unfilled.` : `The pool ran dry on day ${nth}, ${dayName(dryDay)}.`;
}

/** The answer of a whole simulation: of one version how far it goes, of two which goes further. */
export function answerOf(view: SimulationView): string {
  if (view.status === 'queued') return 'The simulation waits for its turn.';
  if (view.status === 'running') return `Playing ${plural(view.total, 'day')} forward…`;
  if (view.status === 'failed') return 'The simulation could not be finished.';
  if (view.status === 'cancelled') return 'The simulation was cancelled.';
  const [one, other] = view.results.map((played) => ({ name: played.name, result: played.own ?? played.result }));
  if (!one) return 'The simulation has no result.';
  if (!other) return outcomeOf(one.result);
  return comparison(one, other);
}

type Named = Results[number];

/** Days until the first list stays unfilled. */
const reach = (result: SimulationResult) => (result.dryDay === null ? result.days.length : daysBetween(result.from, result.dryDay));

function comparison(one: Named, other: Named): string {
  const [a, b] = [reach(one.result), reach(other.result)];
  if (one.result.digest === other.result.digest) return 'Both make the same lists, track by track.';
  if (one.result.dryDay === null && other.result.dryDay === null) return `Both fill every list of ${plural(one.result.days.length, 'day')}.`;
  if (a === b) return 'Both run dry on the same day.';
  const [longer, by] = a > b ? [one, a - b] : [other, b - a];
  return `“${longer.name}” lasts ${inWords(by)} ${by === 1 ? 'day' : 'days'} longer.`;
}

/** One figure of every day, side by side where there are two results. */
export function pointsOf(results: Results, read: (day: SimulatedDay) => number | null): ChartPoint[] {
  const days = results[0]?.result.days ?? [];
  return days.map(({ day }, at) => ({
    name: dayName(day),
    values: results.map(({ result }) => {
      const found = result.days[at];
      return found ? read(found) : null;
    }),
  }));
}

/** What is said of a list, on a day that has one: of a list that could not be made nothing is known, and the line has a gap. */
export const ofAList = (read: (day: SimulatedDay) => number) => (day: SimulatedDay) => (day.published === 0 ? null : read(day));

/** How far this goes along the axis before the rest is put together. */
const DISTANCES_MIN = 10;

/** How often a recording came back after how many days, every distance from one day on, so that gaps are seen as gaps. */
export function distancesOf(results: Results, restDays: number | null): ChartPoint[] {
  const longest = Math.max(DISTANCES_MIN, (restDays ?? 0) + 1, ...results.flatMap(({ result }) => result.reuseDistances.map(({ days }) => days)));
  return Array.from({ length: longest }, (_, at) => ({
    name: plural(at + 1, 'day'),
    values: results.map(({ result }) => result.reuseDistances.find(({ days }) => days === at + 1)?.count ?? 0),
  }));
}
