import type { ReasonKind } from '#shared/contracts/curation/snapshot.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { DayState } from '#shared/domain/curation/day-state.ts';
import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import type { PoolLift } from '#shared/domain/curation/quality/pool-lift.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { fieldLabel } from '#shared/domain/policies/describe-policy.ts';
import type { CuratedPolicy, HeardList } from './curated-days.ts';
import { mean } from './statistics.ts';

/** How far reasons tell what decided. */
export interface ReasonFigures {
  /** Share of the entries that a preference lifts above the pool whose line starts with the preference that lifts them most. */
  readonly decisive: number;
  /** Share of the entries that no preference lifts whose line says that the lot decided. */
  readonly drawOnlySaid: number;
  readonly kinds: ReadonlySet<ReasonKind>;
}

/** A lift below this is no reason: the lot decided. In nats. */
const LIFT_MIN = 0.2;
/** Lifts this near to the largest are as good a reason; stored shares are rounded. */
const TIE = 0.01;

/** Measures the reasons of lists by calculating again, from the catalog, what each preference adds to each entry. NaN where no list has such entries. */
export function measureReasons(catalog: Catalog, curated: readonly CuratedPolicy[]): ReasonFigures {
  const entries = curated.flatMap(({ list, lists }) => lists.flatMap((heard) => recalculate(catalog, list, heard)));
  const lifted = entries.filter(({ most }) => most >= LIFT_MIN + TIE);
  const drawn = entries.filter(({ most }) => most < LIFT_MIN - TIE);
  return {
    decisive: mean(lifted.map(({ isNamed }) => Number(isNamed))),
    drawOnlySaid: mean(drawn.map(({ line }) => Number(/^drawn by lot/i.test(line)))),
    kinds: new Set(entries.flatMap(({ kind }) => kind ?? [])),
  };
}

interface Recalculated {
  readonly line: string;
  readonly kind: ReasonKind | undefined;
  /** The largest lift, and whether the line starts with a preference that lifts so much. */
  readonly most: number;
  readonly isNamed: boolean;
}

function recalculate(catalog: Catalog, list: CuratedPolicy['list'], { day, rows, reasons }: HeardList): Recalculated[] {
  const reserve = new DayState({ catalog, day, lists: [list], repeatIndex: new RepeatIndex() }).reserve(list);
  return rows.flatMap((row, at) => {
    const stored = reasons[at];
    if (!reserve || !stored) return [];
    const line = whyLine(stored, { day });
    const lifts = reserve.lifts.map((lift) => ({ lift, value: lift.of(row) }));
    const most = Math.max(...lifts.map(({ value }) => value), 0);
    return [{ line, kind: stored.decisive?.kind, most, isNamed: lifts.some(({ lift, value }) => value >= most - TIE && names(line, lift)) }];
  });
}

function names(line: string, { preference }: PoolLift): boolean {
  if ('neighbors' in preference) return /^(?:Goes with|By|Closest in sound to|Unlike) /.test(line);
  return line.startsWith('newest' in preference ? 'Released ' : `${fieldLabel(preference.field, { isShort: true })} `);
}
