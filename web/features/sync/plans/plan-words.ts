import type { SyncPlanView } from '#shared/contracts/views.ts';
import { clockTime } from '#web/lib/dates.ts';
import { count, inWords, opening, percent, plural } from '#web/lib/words.ts';
import type { Step } from './steps.tsx';

/** True when applying would write anything. */
export const changes = (plan: SyncPlanView) =>
  plan.byHand.length > 0 || plan.creates || plan.adds + plan.removes + plan.moves > 0 || plan.renames !== null || plan.cost.writes > 0;

/** Plans that can be applied now. One that would undo what a hand did waits for a yes of its own. */
export const isOpen = (plan: SyncPlanView) => plan.status === 'planned' && changes(plan);
const undoesHands = (plan: SyncPlanView) => plan.handEdited && (plan.byHand.length === 0 || plan.byHand.some(({ fate }) => fate === 'overwritten'));
export const isHeld = (plan: SyncPlanView) => isOpen(plan) && undoesHands(plan);

/** What "Apply" carries out: every open plan that is not held, and the held ones that were ticked. */
export const toApply = (plans: readonly SyncPlanView[], included: ReadonlySet<string>) =>
  plans.filter((plan) => isOpen(plan) && (!isHeld(plan) || included.has(plan.id)));

const weight = (plan: SyncPlanView) =>
  isHeld(plan) ? 0 : plan.status === 'failed' || plan.status === 'stale' ? 1 : isOpen(plan) ? 2 : changes(plan) ? 3 : 4;

/** Held first, then what changes most, then what is done; unchanged last. */
export function sortPlans(plans: readonly SyncPlanView[]): SyncPlanView[] {
  return plans.toSorted((one, other) => weight(one) - weight(other) || one.playlistIndex - other.playlistIndex);
}

export function stepOf(plans: readonly SyncPlanView[]): Step {
  if (plans.length === 0) return 'Plan';
  if (plans.some((plan) => plan.status === 'applying')) return 'Apply';
  return plans.some((plan) => isOpen(plan) || plan.status === 'waiting') ? 'Preview' : 'Receipt';
}

/** The page's answer: how many playlists will change, how many a job is about to write, or what has become of the plan. */
export function answerOf(plans: readonly SyncPlanView[], isTaken: boolean): string {
  if (plans.length === 0) return 'Nothing is planned.';
  const open = plans.filter(isOpen).length;
  if (isTaken && open > 0) return `${opening(inWords(open))} ${open === 1 ? 'playlist is' : 'playlists are'} still to be written.`;
  const held = plans.filter(isHeld).length;
  const trouble = plans.filter((plan) => plan.status === 'failed' || plan.status === 'stale').length;
  const applied = plans.filter((plan) => plan.status === 'applied').length;
  const waiting = plans.filter((plan) => plan.status === 'waiting').length;
  const waits = held > 0 ? ` ${opening(inWords(held))} ${held === 1 ? 'waits' : 'wait'} for you.` : '';
  const stopped = trouble > 0 ? ` ${opening(inWords(trouble))} stopped.` : '';
  if (waiting > 0) return `${opening(inWords(waiting))} ${waiting === 1 ? 'playlist waits' : 'playlists wait'} for your approval.${stopped}`;
  if (open > 0) return `${count(open)} ${open === 1 ? 'playlist' : 'playlists'} will change.${waits}${stopped}`;
  if (trouble > 0) return `${plural(applied, 'playlist')} written.${stopped}`;
  return applied > 0 ? `All ${plural(applied, 'playlist')} are written and read back.` : 'Spotify shows every list already.';
}

/** Where the plan comes from, and whether anything has been written. */
export function originOf(plans: readonly SyncPlanView[]): string {
  const [first] = plans;
  if (!first) return 'Planning compares what Spotify shows with today’s lists. It reads, and writes nothing.';
  const accounts = new Set(plans.map((plan) => plan.account)).size;
  const written = plans.filter((plan) => plan.status === 'applied').length;
  const says = written === 0 ? 'Nothing has been written yet.' : `${plural(written, 'playlist')} written.`;
  return `${opening(inWords(accounts))} ${accounts === 1 ? 'account' : 'accounts'}, planned at ${clockTime(first.plannedAt)} UTC from what Spotify showed then. ${says}`;
}

/** What stands in the summary beside the plan. */
export function totalsOf(plans: readonly SyncPlanView[]) {
  const sum = (of: (plan: SyncPlanView) => number) => plans.reduce((total, plan) => total + of(plan), 0);
  const adds = sum((plan) => plan.adds);
  const wanted = sum((plan) => plan.adds + plan.keeps + plan.moves);
  return {
    adds,
    removes: sum((plan) => plan.removes),
    moves: sum((plan) => plan.moves),
    reads: sum((plan) => plan.cost.reads),
    writes: sum((plan) => plan.cost.writes),
    share: wanted === 0 ? 0 : adds / wanted,
  };
}

/** "+10 −10 ↕6". */
export const changeLine = (plan: Pick<SyncPlanView, 'adds' | 'removes' | 'moves'>) =>
  `+${count(plan.adds)} −${count(plan.removes)}${plan.moves > 0 ? ` ↕${count(plan.moves)}` : ''}`;

export const shareWords = (share: number) => percent(share);
