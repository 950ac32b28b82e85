import { useQuery } from '@tanstack/react-query';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import { HandPointing } from '@phosphor-icons/react/HandPointing';
import { Warning } from '@phosphor-icons/react/Warning';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { SleevePicture } from '#web/ui/sleeve/sleeve-picture.tsx';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import type { Tone } from '#web/ui/feedback/state-text.tsx';
import { DiffLines } from './diff-lines.tsx';
import { isHeld } from './plan-words.ts';
import styles from './plan-group.module.css';
import { useSleeveSubject } from './use-sleeve-subject.ts';

const FIRST_LINES = 5;

const STATES: Readonly<Record<SyncPlanView['status'], { readonly tone: Tone; readonly name: string } | null>> = {
  planned: null,
  applying: { tone: 'live', name: 'being written' },
  applied: { tone: 'good', name: 'written and read back' },
  stale: { tone: 'soon', name: 'out of date' },
  failed: { tone: 'bad', name: 'stopped' },
  waiting: { tone: 'soon', name: 'waits for approval' },
};

/** What is planned while a job is at the day's writing. */
const TAKEN = { tone: 'live', name: 'waits its turn' } as const;

interface PlanGroupProps {
  readonly plan: SyncPlanView;
  readonly isTaken: boolean;
  readonly isOpen: boolean;
  readonly isIncluded: boolean;
  readonly onOpen: () => void;
  readonly onInclude: (isIncluded: boolean) => void;
}

function changesOnlyWords({ creates, unfollows, renames, handEdited, adds, removes, moves, cost }: SyncPlanView): boolean {
  return !creates && unfollows === null && renames === null && !handEdited && adds + removes + moves === 0 && cost.writes > 0;
}

/** One playlist of the plan: totals, what holds it, and its lines; a few at first, all on request. */
export function PlanGroup({ plan, isTaken, isOpen, isIncluded, onOpen, onInclude }: PlanGroupProps) {
  const subject = useSleeveSubject(plan);
  const detail = useQuery(trpc.sync.detail.queryOptions({ planId: plan.id }));
  const lines = detail.data?.diff.filter((line) => line.kind !== 'keep') ?? [];
  const shown = isOpen ? lines : lines.slice(0, FIRST_LINES);
  const state = isTaken && plan.status === 'planned' ? TAKEN : STATES[plan.status];
  return (
    <section className={styles['group']} aria-label={plan.themeTag}>
      <header>
        <SleevePicture subject={subject} />
        <div>
          <h2>{plan.themeTag}</h2>
          <p className="small muted">
            on {plan.account} · {plural(plan.cost.reads + plan.cost.writes, 'request')}
            {plan.creates ? ' · is created' : ''}
            {changesOnlyWords(plan) ? ' · only its description or who may see it' : ''}
          </p>
        </div>
        <p className={styles['totals']}>
          <span className="ok">+{count(plan.adds)}</span>
          <span className="bad">−{count(plan.removes)}</span>
          <span>↕{count(plan.moves)}</span>
        </p>
      </header>
      {state ? (
        <p className={styles['state']}>
          <StateText tone={state.tone}>{plan.statusReason ?? state.name}</StateText>
        </p>
      ) : null}
      <ByHand plan={detail.data ?? plan} />
      {isHeld(plan) && !isTaken ? <Hold isIncluded={isIncluded} onInclude={onInclude} /> : null}
      {plan.renames ? (
        <p className={styles['renames']}>
          <span>Name:</span> <s>{plan.renames.from}</s> → <b>{plan.renames.to}</b>
        </p>
      ) : null}
      {detail.error ? <Refusal error={detail.error} /> : null}
      {detail.isPending ? <Skeleton height="150px" /> : <DiffLines lines={shown} />}
      {lines.length > FIRST_LINES ? (
        <Button
          look="quiet"
          icon={<CaretDown size={16} aria-hidden className={isOpen ? styles['up'] : undefined} />}
          aria-expanded={isOpen}
          onClick={onOpen}
        >
          {isOpen ? 'Fewer lines' : plural(lines.length - FIRST_LINES, 'more line')}
        </Button>
      ) : null}
    </section>
  );
}

/** What people did on Spotify since the last receipt, and what becomes of each. */
function ByHand({ plan }: { readonly plan: Pick<SyncPlanView, 'byHand' | 'shows'> }) {
  const lines = [...(plan.shows ? [`Shows the list of ${dayName(plan.shows)} again.`] : []), ...plan.byHand.map(({ says }) => says)];
  if (lines.length === 0) return null;
  return (
    <ul className={styles['hand']} aria-label="By hand">
      {lines.map((says) => (
        <li key={says}>
          <HandPointing size={16} aria-hidden /> <span>{says}</span>
        </li>
      ))}
    </ul>
  );
}

function Hold({ isIncluded, onInclude }: { readonly isIncluded: boolean; readonly onInclude: (isIncluded: boolean) => void }) {
  return (
    <div className={styles['hold']}>
      <Warning size={20} aria-hidden />
      <span>
        <b>Applying puts back something that a person did on Spotify.</b> It is left out until you tick it.
        <label>
          <input type="checkbox" checked={isIncluded} onChange={(event) => onInclude(event.target.checked)} /> Include it this once
        </label>
      </span>
    </div>
  );
}
