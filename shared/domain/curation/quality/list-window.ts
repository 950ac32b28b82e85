import type { WindowDay } from '#shared/contracts/curation/preview.ts';
import type { ListMeasure } from '#shared/contracts/curation/snapshot.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { placeDaySteps } from '../curate-day.ts';
import type { DayRequest, ListOfDay } from '../curate-day.ts';
import type { RepeatIndex } from '../repeat-index.ts';
import { measureList } from './list-measures.ts';

/** Days of one list to look at, from what the ledger has until then. */
export interface WindowRequest {
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly from: string;
  readonly days: number;
  readonly listsOn: (day: string) => readonly ListOfDay[];
  /** Changed: every day is added to it. */
  readonly repeatIndex: RepeatIndex;
}

/** Curates a list day after day without storing anything, and measures how near each comes to its policy. Yields between the steps of a day. */
export function* windowSteps({ catalog, policy, from, days, listsOn, repeatIndex }: WindowRequest): Generator<void, WindowDay[]> {
  const unchanging: DayRequest['unchanging'] = new Map();
  const seen: WindowDay[] = [];
  let first: ReadonlySet<number> | undefined;
  for (let n = 0; n < days; n += 1) {
    const day = addDays(from, n);
    const steps = placeDaySteps({ catalog, day, lists: listsOn(day), repeatIndex, unchanging });
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield;
    repeatIndex.addDrafts(step.value, dayNumber(day));
    const rows = (step.value[0]?.entries ?? []).map(({ row }) => row);
    first ??= rows.length > 0 ? new Set(rows) : undefined;
    seen.push({
      day,
      level: rows.length === 0 ? null : levelOf(measureList(catalog, rows, policy)),
      fromFirst: rows.filter((row) => first?.has(row)).length,
    });
  }
  return seen;
}

/**
 * How near a list comes to its targets, 0–1: 1 ÷ (1 + |mean − target| ÷ spread + |standard deviation ÷ spread − 1|), the mean over targets with known
 * values; null without any.
 */
function levelOf(measures: readonly ListMeasure[]): number | null {
  const levels = measures.flatMap(({ toward, spread, mean, deviation }) =>
    mean === null || deviation === null ? [] : [1 / (1 + Math.abs(mean - toward) / spread + Math.abs(deviation / spread - 1))],
  );
  return levels.length === 0 ? null : levels.reduce((sum, level) => sum + level, 0) / levels.length;
}
