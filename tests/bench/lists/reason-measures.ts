import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import type { CuratedPolicy } from './curated-days.ts';
import { mean } from './statistics.ts';

/** How far reasons tell what decided. */
export interface ReasonFigures {
  /** Share of the entries with a named fact of which it is the preference with the largest share of the score. */
  readonly decisive: number;
  /** Share of the entries without one whose reason says that the lot decided. */
  readonly drawOnlySaid: number;
}

/** A preference that lifts a track by less than this share was not what decided. */
const SHARE_MIN = 0.17;

/** Measures the reasons of lists; NaN where no list has reasons of that kind. */
export function measureReasons(curated: readonly CuratedPolicy[]): ReasonFigures {
  const entries = curated.flatMap(({ lists }) =>
    lists.flatMap(({ day, reasons }) =>
      reasons.map((one) => {
        const largest = one.preferences.filter(({ unknown }) => !unknown).toSorted((a, b) => b.share - a.share)[0];
        return { line: whyLine(one, { day }), largest };
      }),
    ),
  );
  const withFact = entries.filter(({ largest }) => largest !== undefined && largest.share >= SHARE_MIN);
  const drawOnly = entries.filter(({ largest }) => largest === undefined || largest.share < SHARE_MIN - 0.01);
  return {
    decisive: mean(withFact.map(({ line, largest }) => Number(line.startsWith(largest?.what ?? '?')))),
    drawOnlySaid: mean(drawOnly.map(({ line }) => Number(/drawn by lot/i.test(line)))),
  };
}
