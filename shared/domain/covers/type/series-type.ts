import { TYPE_LAYOUTS } from './type-layouts.ts';
import type { LayoutId } from './type-layouts.ts';

/** What all covers of a network have in common in their type. */
export interface TypeSeries {
  readonly layout: LayoutId;
  /** Share of the side. */
  readonly margin: number;
  readonly numeral: 'none' | 'plain' | 'padded';
}

/** Layouts that hold titles of very different lengths, so that no member of a series must leave it. */
const SERIES_LAYOUTS: readonly LayoutId[] = ['head', 'foot', 'band-head', 'band-foot', 'plate', 'poster'];
const MARGINS = [0.05, 0.06, 0.075];
const NUMERALS = ['none', 'plain', 'padded'] as const;

/** The template of a series: the same number gives the same template. Neighboring numbers differ in layout. */
export function seriesType(seed: number): TypeSeries {
  const number = Math.abs(Math.trunc(seed));
  return {
    layout: pick(SERIES_LAYOUTS, number, TYPE_LAYOUTS.head.id),
    margin: pick(MARGINS, Math.floor(number / 6), 0.06),
    numeral: pick(NUMERALS, Math.floor(number / 18), 'none'),
  };
}

/** The small line of one member: its number in the form of the series, or nothing. */
export function seriesNumeral({ numeral }: TypeSeries, member: number): string | undefined {
  if (numeral === 'none') return undefined;
  return numeral === 'plain' ? String(member) : String(member).padStart(3, '0');
}

const pick = <T>(list: readonly T[], at: number, fallback: T): T => list[at % list.length] ?? fallback;
