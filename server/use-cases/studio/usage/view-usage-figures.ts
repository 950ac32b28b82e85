import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findFirstCostAt, listFailures, listModelResults, listRefusals, listUsageDays } from '#server/repos/studio/usage/figures.ts';
import type { ModelResult } from '#server/repos/studio/usage/figures.ts';
import { monthOf, nextMonth } from '#server/use-cases/studio/renders/month-limits.ts';
import type { ModelFigures, UsageFigures, UsageFiguresInput } from '#shared/contracts/studio/usage-figures.ts';
import { addDays, DAY_MS } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { forecastCost, FORECAST_DAYS } from '#shared/domain/studio/cost-forecast.ts';
import type { CostForecast } from '#shared/domain/studio/cost-forecast.ts';

const FAILURES_SHOWN_MAX = 10;

type DayLine = Awaited<ReturnType<typeof listUsageDays>>[number];

/** A month by day and by model, of everybody or one person: renders, costs, results, times, refusals, and what the month will cost. Days are in UTC. */
export async function viewUsageFigures(
  deps: Pick<Deps, 'db' | 'now' | 'models'>,
  actor: Actor,
  { person, ...input }: UsageFiguresInput,
): Promise<UsageFigures> {
  requireAdmin(actor);
  const now = deps.now();
  const month = input.month ?? monthOf(now);
  const since = new Date(month);
  const span = { since, until: nextMonth(since), person };
  // The forecast looks further back than a month that has just begun.
  const from = new Date(since.getTime() - FORECAST_DAYS * DAY_MS);
  const [lines, results, refusals, failures, firstAt] = await Promise.all([
    listUsageDays(deps.db, { ...span, since: from }),
    listModelResults(deps.db, span),
    listRefusals(deps.db, span),
    listFailures(deps.db, span, FAILURES_SHOWN_MAX),
    findFirstCostAt(deps.db, person),
  ]);
  const today = dayOf(now);
  const days = daysOf(month, { until: span.until, today }).map((day) => ({ day, ...sumOf(lines.filter((line) => line.day === day)) }));
  const ofMonth = lines.filter((line) => line.day >= month);
  return {
    month,
    days,
    ...sumOf(ofMonth),
    all: resultsOf(results.find(({ model }) => model === null)),
    models: modelsOf(deps, ofMonth, { results, days: days.map(({ day }) => day) }),
    refusals,
    failures,
    forecast: month === monthOf(now) ? forecastOf(lines, { now, today, month, firstAt }) : null,
  };
}

/** The days of a month that have begun. */
function daysOf(month: string, { until, today }: { readonly until: Date; readonly today: string }): readonly string[] {
  const days: string[] = [];
  for (let day = month; day < dayOf(until) && day <= today; day = addDays(day, 1)) days.push(day);
  return days;
}

function sumOf(lines: readonly DayLine[]): { readonly renders: number; readonly usdMicros: number } {
  return lines.reduce((sum, line) => ({ renders: sum.renders + line.renders, usdMicros: sum.usdMicros + line.usdMicros }), {
    renders: 0,
    usdMicros: 0,
  });
}

function resultsOf(found: ModelResult | undefined): UsageFigures['all'] {
  const { done, refused, failed, unknown, p50Seconds, p95Seconds } = found ?? {
    done: 0,
    refused: 0,
    failed: 0,
    unknown: 0,
    p50Seconds: null,
    p95Seconds: null,
  };
  const ended = done + refused + failed + unknown;
  return { done, refused, failed, unknown, successRate: ended === 0 ? null : done / ended, p50Seconds, p95Seconds };
}

function modelsOf(
  { models }: Pick<Deps, 'models'>,
  lines: readonly DayLine[],
  { results, days }: { readonly results: readonly ModelResult[]; readonly days: readonly string[] },
): readonly ModelFigures[] {
  const kinds = new Map(lines.map(({ model, vendor }) => [`${vendor} ${model ?? ''}`, { model, vendor }] as const));
  const figures = [...kinds.values()].map(({ model, vendor }) => {
    const own = lines.filter((line) => line.model === model && line.vendor === vendor);
    const ended = model === null ? undefined : results.find((result) => result.model === model);
    const perDay = days.map((day) => sumOf(own.filter((line) => line.day === day)).renders);
    return { model, label: models.find(({ id }) => id === model)?.label ?? model, vendor, ...sumOf(own), ...resultsOf(ended), perDay };
  });
  return figures.toSorted((one, other) => other.renders - one.renders || (one.model ?? '').localeCompare(other.model ?? ''));
}

function forecastOf(
  lines: readonly DayLine[],
  { now, today, month, firstAt }: { readonly now: Date; readonly today: string; readonly month: string; readonly firstAt: Date | undefined },
): CostForecast | null {
  const before: number[] = [];
  for (let back = 1; back <= FORECAST_DAYS; back += 1) {
    const day = addDays(today, -back);
    if (!firstAt || day < dayOf(firstAt)) break;
    before.push(sumOf(lines.filter((line) => line.day === day)).usdMicros);
  }
  const spentUsdMicros = sumOf(lines.filter((line) => line.day >= month)).usdMicros;
  return forecastCost({ spentUsdMicros, daysLeft: (nextMonth(now).getTime() - now.getTime()) / DAY_MS, before });
}
