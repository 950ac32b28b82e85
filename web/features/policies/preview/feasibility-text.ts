import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { dayName } from '#web/lib/dates.ts';
import { plural } from '#web/lib/words.ts';

/** The feasibility as one sentence. */
export function feasibilityText(feasibility: FeasibilityView): string {
  if (feasibility.kind === 'unproved') return 'No conflict found. Simulate to be sure.';
  if (feasibility.kind === 'feasible')
    return feasibility.isIndefinite ? 'Always enough music.' : `Enough music for the next ${plural(feasibility.days, 'day')}.`;
  return failureText({ day: feasibility.dryDay, on: feasibility.dryOn, isLatest: feasibility.isLatest });
}

function failureText({ day, on, isLatest }: NonNullable<FeasibilityCheckView['failure']>): string {
  if (day === 1) return 'Not enough music for a single day.';
  return `Music runs out ${isLatest ? 'by' : 'on'} day ${day}, ${dayName(on)}.`;
}

/** The state of a check as one sentence: its result, or what it knows and does so far. */
export function checkText(check: FeasibilityCheckView): string {
  if (check.result) return feasibilityText(check.result);
  if (check.failure) return failureText(check.failure);
  return check.stage === null ? 'The catalog is empty. Import albums first.' : progressText(check);
}

/** What a running check does. */
export function progressText({ stage, day, days, others }: FeasibilityCheckView): string {
  const beside = others === 0 ? '' : ` with ${plural(others, 'other playlist')}`;
  if (stage === 'days' && day > 0) return `Checking day ${day} of ${days}${beside}…`;
  if (stage === 'conflicts') return 'Finding the rules that conflict…';
  if (stage === 'nearest') return 'Looking for the nearest policy that works…';
  return `Checking the next ${plural(days, 'day')}…`;
}

/** The length and repeat window of the nearest policy, and whatever else it changes. */
export function nearestText(policy: Policy, { size, rest, caps, separation }: Policy): string {
  const changed = [
    caps.perArtist === policy.caps.perArtist ? '' : `${caps.perArtist} per artist`,
    caps.perAlbum === policy.caps.perAlbum ? '' : `${caps.perAlbum} per album`,
    separation.artist === policy.separation.artist ? '' : `artist separation ${separation.artist}`,
    rest.scope === policy.rest.scope ? '' : 'each playlist separately',
  ];
  return [plural(size, 'track'), plural(rest.days, 'day'), ...changed.filter((text) => text !== '')].join(', ');
}
