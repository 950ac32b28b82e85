import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { clockTime } from '#web/lib/dates.ts';
import { count, numberInWords, capitalize, percent, plural } from '#web/lib/words.ts';
import type { Step } from './steps.tsx';

/** True when applying would write anything. */
export const hasChanges = (plan: SyncPlanView) =>
  plan.manualEdits.length > 0 || plan.creates || plan.adds + plan.removes + plan.moves > 0 || plan.renames !== null || plan.cost.writes > 0;

/** True for a plan that can be applied now. */
export const isApplicable = (plan: SyncPlanView) => plan.status === 'planned' && hasChanges(plan);
const overwritesEdits = (plan: SyncPlanView) =>
  plan.editedOnSpotify && (plan.manualEdits.length === 0 || plan.manualEdits.some(({ handling }) => handling === 'overwritten'));
/** True for an open plan that would overwrite edits made on Spotify: it is applied only when the operator includes it. */
export const needsConfirmation = (plan: SyncPlanView) => isApplicable(plan) && overwritesEdits(plan);

/** The plans that "Apply" applies: every open plan, but those that overwrite edits only when included. */
export const selectPlansToApply = (plans: readonly SyncPlanView[], included: ReadonlySet<string>) =>
  plans.filter((plan) => isApplicable(plan) && (!needsConfirmation(plan) || included.has(plan.id)));

const sortWeight = (plan: SyncPlanView) =>
  needsConfirmation(plan) ? 0 : plan.status === 'failed' || plan.status === 'stale' ? 1 : isApplicable(plan) ? 2 : hasChanges(plan) ? 3 : 4;

/** Sorts plans: those that need confirmation first, then failed and stale ones, open ones, finished ones, and unchanged ones last. */
export function sortPlans(plans: readonly SyncPlanView[]): SyncPlanView[] {
  return plans.toSorted((one, other) => sortWeight(one) - sortWeight(other) || one.playlistIndex - other.playlistIndex);
}

/** The step of the sync workflow that a day's plans are at. */
export function currentStep(plans: readonly SyncPlanView[]): Step {
  if (plans.length === 0) return 'Plan';
  if (plans.some((plan) => plan.status === 'applying')) return 'Apply';
  return plans.some((plan) => isApplicable(plan) || plan.status === 'waiting') ? 'Preview' : 'Receipt';
}

/** The page's headline: how many playlists will change, are queued, wait for approval, or were applied. */
export function plansHeadline(plans: readonly SyncPlanView[], isTaken: boolean): string {
  if (plans.length === 0) return 'No plan yet.';
  const open = plans.filter(isApplicable).length;
  if (isTaken && open > 0) return `${capitalize(numberInWords(open))} ${open === 1 ? 'playlist' : 'playlists'} still to be applied.`;
  const held = plans.filter(needsConfirmation).length;
  const failed = plans.filter((plan) => plan.status === 'failed' || plan.status === 'stale').length;
  const applied = plans.filter((plan) => plan.status === 'applied').length;
  const waiting = plans.filter((plan) => plan.status === 'waiting').length;
  const confirmText = held > 0 ? ` ${capitalize(numberInWords(held))} ${held === 1 ? 'needs' : 'need'} your confirmation.` : '';
  const failedText = failed > 0 ? ` ${capitalize(numberInWords(failed))} failed or ${failed === 1 ? 'is' : 'are'} out of date.` : '';
  if (waiting > 0)
    return `${capitalize(numberInWords(waiting))} ${waiting === 1 ? 'playlist waits' : 'playlists wait'} for your approval.${failedText}`;
  if (open > 0) return `${count(open)} ${open === 1 ? 'playlist' : 'playlists'} will change.${confirmText}${failedText}`;
  if (failed > 0) return `${plural(applied, 'playlist')} applied.${failedText}`;
  if (applied === 1) return 'The playlist is applied and verified.';
  return applied > 0 ? `All ${plural(applied, 'playlist')} are applied and verified.` : 'Spotify already shows every list.';
}

/** When the plans were made, for how many accounts, and whether anything has been written. */
export function planOriginText(plans: readonly SyncPlanView[]): string {
  const [first] = plans;
  if (!first) return 'Planning compares Spotify with today’s lists. It only reads; it writes nothing.';
  const accounts = new Set(plans.map((plan) => plan.account)).size;
  const written = plans.filter((plan) => plan.status === 'applied').length;
  const writtenText = written === 0 ? 'Nothing has been written yet.' : `${plural(written, 'playlist')} applied.`;
  return `Planned at ${clockTime(first.plannedAt)} UTC for ${numberInWords(accounts)} ${accounts === 1 ? 'account' : 'accounts'}. ${writtenText}`;
}

/** Totals of tracks and requests over the plans; `share` is the share of new tracks, 0–1. */
export function planTotals(plans: readonly SyncPlanView[]) {
  const sum = (of: (plan: SyncPlanView) => number) => plans.reduce((total, plan) => total + of(plan), 0);
  const adds = sum((plan) => plan.adds);
  const tracks = sum((plan) => plan.adds + plan.keeps + plan.moves);
  return {
    adds,
    removes: sum((plan) => plan.removes),
    moves: sum((plan) => plan.moves),
    reads: sum((plan) => plan.cost.reads),
    writes: sum((plan) => plan.cost.writes),
    share: tracks === 0 ? 0 : adds / tracks,
  };
}

/** "+10 −10 ↕6". */
export const changeLine = (plan: Pick<SyncPlanView, 'adds' | 'removes' | 'moves'>) =>
  `+${count(plan.adds)} −${count(plan.removes)}${plan.moves > 0 ? ` ↕${count(plan.moves)}` : ''}`;

export const shareText = (share: number) => percent(share);
