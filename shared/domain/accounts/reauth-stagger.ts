import { dayNumber, dayText } from '#shared/domain/calendar.ts';

/** Authorizations closer together than this expire "in one week". */
const APART_DAYS = 7;
/** Latest suggested day before the expiry, so that an owner who is a day late is still in time. */
const BEFORE_EXPIRY_DAYS = 3;

interface Ending {
  readonly id: string;
  /** The day its authorization expires, `YYYY-MM-DD`. */
  readonly endsOn: string;
}

interface EarlyReconnect extends Ending {
  readonly reconnectOn: string;
  readonly wouldExpireOn: string;
}

/**
 * Which accounts to re-authorize early, and when, so that authorizations that expire in the same week expire a week apart. The first of each cluster
 * keeps its day. Every other one gets the earliest day whose new expiry is a week from all others or, without such a day, the furthest from them.
 * `endAfter` returns when an authorization of a given day expires.
 */
export function staggerReauthorizations(endings: readonly Ending[], today: string, endAfter: (day: string) => string): readonly EarlyReconnect[] {
  const sorted = endings.toSorted((a, b) => a.endsOn.localeCompare(b.endsOn) || a.id.localeCompare(b.id));
  const taken: number[] = [];
  const clustered: Ending[] = [];
  for (const ending of sorted) {
    const number = dayNumber(ending.endsOn);
    if (distance(number, taken) < APART_DAYS) clustered.push(ending);
    else taken.push(number);
  }
  return clustered.flatMap((ending) => {
    const reconnectOn = bestDay(dayNumber(today), dayNumber(ending.endsOn) - BEFORE_EXPIRY_DAYS, (day) =>
      distance(dayNumber(endAfter(dayText(day))), taken),
    );
    if (reconnectOn === undefined) return [];
    const wouldExpireOn = endAfter(dayText(reconnectOn));
    taken.push(dayNumber(wouldExpireOn));
    return [{ ...ending, reconnectOn: dayText(reconnectOn), wouldExpireOn }];
  });
}

/** The first day that is far enough from the others, otherwise the best one; undefined when no day is left. */
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
