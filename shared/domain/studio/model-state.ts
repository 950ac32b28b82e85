import { dayNumber } from '#shared/domain/calendar.ts';
import type { Model } from './model.ts';

const WARNED_DAYS = 30;

/** How the picker shows a model on a day. */
export type ModelState =
  | { readonly kind: 'offered' }
  | { readonly kind: 'not_yet' }
  | { readonly kind: 'ending'; readonly until: string; readonly successor: string | undefined }
  | { readonly kind: 'ended'; readonly successor: string | undefined };

/** The state of a model on a day (`YYYY-MM-DD`): the operator is warned 30 days before its end, and afterwards the picker offers its successor. */
export function modelState({ state }: Model, today: string): ModelState {
  const { since, until, successor } = state;
  if (today < since) return { kind: 'not_yet' };
  if (until === undefined) return { kind: 'offered' };
  if (today >= until) return { kind: 'ended', successor };
  return dayNumber(until) - dayNumber(today) <= WARNED_DAYS ? { kind: 'ending', until, successor } : { kind: 'offered' };
}
