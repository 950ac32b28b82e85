import type { SimulatedDay, SimulationResult, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { dayName, daysBetween } from '#web/lib/dates.ts';
import { numberInWords, plural } from '#web/lib/words.ts';
import type { ChartPoint } from '#web/ui/charts/chart-data.ts';

type Results = SimulationView['results'];

/** The result of one version as a sentence. */
export function outcomeText({ dryDay, days, from }: SimulationResult): string {
  if (dryDay === null) return `All lists filled for ${plural(days.length, 'day')}.`;
  const nth = daysBetween(from, dryDay) + 1;
  return nth === 1 ? `Not enough music on the first day, ${dayName(dryDay)}.` : `Music ran out on day ${nth}, ${dayName(dryDay)}.`;
}

/** The status or result of a simulation as a sentence: for one version how long the music lasts, for two which lasts longer. */
export function simulationStatusText(view: SimulationView): string {
  if (view.status === 'queued') return 'Queued.';
  if (view.status === 'running') return `Simulating ${plural(view.total, 'day')}…`;
  if (view.status === 'failed') return 'Failed.';
  if (view.status === 'cancelled') return 'Canceled.';
  const [one, other] = view.results.map((variant) => ({ name: variant.name, result: variant.own ?? variant.result }));
  if (!one) return 'No result.';
  if (!other) return outcomeText(one.result);
  return comparison(one, other);
}

type NamedResult = Results[number];

/** Days until the first list cannot be filled. */
const daysFilled = (result: SimulationResult) => (result.dryDay === null ? result.days.length : daysBetween(result.from, result.dryDay));

function comparison(one: NamedResult, other: NamedResult): string {
  const [a, b] = [daysFilled(one.result), daysFilled(other.result)];
  if (one.result.digest === other.result.digest) return 'Both make identical lists.';
  if (one.result.dryDay === null && other.result.dryDay === null) return `Both fill all lists for ${plural(one.result.days.length, 'day')}.`;
  if (a === b) return 'Both run out of music on the same day.';
  const [longer, by] = a > b ? [one, a - b] : [other, b - a];
  return `“${longer.name}” lasts ${numberInWords(by)} ${by === 1 ? 'day' : 'days'} longer.`;
}

/** One figure per day as chart points, with one value per result. */
export function dailyPoints(results: Results, read: (day: SimulatedDay) => number | null): ChartPoint[] {
  const days = results[0]?.result.days ?? [];
  return days.map(({ day }, at) => ({
    name: dayName(day),
    values: results.map(({ result }) => {
      const simulated = result.days[at];
      return simulated ? read(simulated) : null;
    }),
  }));
}

/** Reads a figure on days with at least one list; null on other days, which the chart shows as a gap. */
export const onPublishedDays = (read: (day: SimulatedDay) => number) => (day: SimulatedDay) => (day.published === 0 ? null : read(day));

/** Minimum length of the axis, in days. */
const DISTANCES_MIN = 10;

/** Number of repeats by days since the last play, with every number of days from one on, so that empty ones show as gaps. */
export function simulatedGapPoints(results: Results, restDays: number | null): ChartPoint[] {
  const longest = Math.max(DISTANCES_MIN, (restDays ?? 0) + 1, ...results.flatMap(({ result }) => result.reuseDistances.map(({ days }) => days)));
  return Array.from({ length: longest }, (_, at) => ({
    name: plural(at + 1, 'day'),
    values: results.map(({ result }) => result.reuseDistances.find(({ days }) => days === at + 1)?.count ?? 0),
  }));
}
