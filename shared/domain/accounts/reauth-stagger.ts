import { dayNumber, dayText } from '#shared/domain/calendar.ts';

/** Authorisations closer together than this end "in one week". */
const APART_DAYS = 7;
/** Advice keeps this far from the last day, so that somebody who is late by a day is still in time. */
const BEFORE_END_DAYS = 3;

interface Ending {
  readonly id: string;
  /** The day its authorisation ends, `YYYY-MM-DD`. */
  readonly endsOn: string;
}

interface EarlyReconnect extends Ending {
  readonly reconnectOn: string;
  readonly wouldEndOn: string;
}

/**
 * Which accounts to connect again early, and when, so that authorisations which would end in one week end a week apart. Of each crowd the first
 * keeps its day; every other gets the earliest day whose new end is a week from all others, or, where there is none, the one that is furthest
 * from them. `endAfter` tells when an authorisation of a given day ends.
 */
export function adviseStagger(endings: readonly Ending[], today: string, endAfter: (day: string) => string): readonly EarlyReconnect[] {
  const sorted = endings.toSorted((a, b) => a.endsOn.localeCompare(b.endsOn) || a.id.localeCompare(b.id));
  const taken: number[] = [];
  const crowded: Ending[] = [];
  for (const ending of sorted) {
    const number = dayNumber(ending.endsOn);
    if (distance(number, taken) < APART_DAYS) crowded.push(ending);
    else taken.push(number);
  }
  return crowded.flatMap((ending) => {
    const reconnectOn = bestDay(dayNumber(today), dayNumber(ending.endsOn) - BEFORE_END_DAYS, (day) =>
      distance(dayNumber(endAfter(dayText(day))), taken),
    );
    if (reconnectOn === undefined) return [];
    const wouldEndOn = endAfter(dayText(reconnectOn));
    taken.push(dayNumber(wouldEndOn));
    return [{ ...ending, reconnectOn: dayText(reconnectOn), wouldEndOn }];
  });
}

/** The first day that is far enough from the others, else the best of all; undefined when no day is left. */
function bestDay(from: number, until: number, distanceAfter: (day: number) => number): number | undefined {
  let best: { day: number; distance: number } | undefined;
  for (let day = from; day <= until; day += 1) {
    const far = distanceAfter(day);
    if (far >= APART_DAYS) return day;
    if (!best || far > best.distance) best = { day, distance: far };
  }
  return best?.day;
}

function distance(day: number, others: readonly number[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...others.map((other) => Math.abs(day - other)));
}
