import { useQuery } from '@tanstack/react-query';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import { HandPointing } from '@phosphor-icons/react/HandPointing';
import { Warning } from '@phosphor-icons/react/Warning';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { PlaylistPicture } from '#web/ui/sleeve/playlist-picture.tsx';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import type { Tone } from '#web/ui/feedback/status-text.tsx';
import { DiffLines } from './diff-lines.tsx';
import { needsConfirmation } from './plan-words.ts';
import styles from './plan-group.module.css';
import { useCoverSubject } from './use-cover-subject.ts';

const FIRST_LINES = 5;

const STATES: Readonly<Record<SyncPlanView['status'], { readonly tone: Tone; readonly name: string } | null>> = {
  planned: null,
  applying: { tone: 'live', name: 'Applying' },
  applied: { tone: 'good', name: 'Applied and verified' },
  stale: { tone: 'soon', name: 'Out of date' },
  failed: { tone: 'bad', name: 'Failed' },
  waiting: { tone: 'soon', name: 'Waiting for approval' },
};

/** State of a planned playlist while a job is applying the day's plans. */
const QUEUED = { tone: 'live', name: 'Queued' } as const;

interface PlanGroupProps {
  readonly plan: SyncPlanView;
  readonly isTaken: boolean;
  readonly isOpen: boolean;
  readonly isIncluded: boolean;
  readonly onOpen: () => void;
  readonly onInclude: (isIncluded: boolean) => void;
}

function changesOnlyDetails({ creates, unfollows, renames, editedOnSpotify, adds, removes, moves, cost }: SyncPlanView): boolean {
  return !creates && unfollows === null && renames === null && !editedOnSpotify && adds + removes + moves === 0 && cost.writes > 0;
}

/** One playlist of the plan: totals, edits that need confirmation, and the changed lines, the first few until expanded. */
export function PlanGroup({ plan, isTaken, isOpen, isIncluded, onOpen, onInclude }: PlanGroupProps) {
  const subject = useCoverSubject(plan);
  const detail = useQuery(trpc.playlistAdmin.sync.detail.queryOptions({ planId: plan.id }));
  const lines = detail.data?.diff.filter((line) => line.kind !== 'keep') ?? [];
  const shown = isOpen ? lines : lines.slice(0, FIRST_LINES);
  const state = isTaken && plan.status === 'planned' ? QUEUED : STATES[plan.status];
  return (
    <section className={styles['group']} aria-label={plan.themeTag}>
      <header>
        <PlaylistPicture subject={subject} sizes="64px" />
        <div>
          <h2>{plan.themeTag}</h2>
          <p className="small muted">
            on {plan.account} · {plural(plan.cost.reads + plan.cost.writes, 'request')}
            {plan.creates ? ' · new playlist' : ''}
            {changesOnlyDetails(plan) ? ' · only description or visibility' : ''}
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
          <StatusText tone={state.tone}>{plan.statusReason ?? state.name}</StatusText>
        </p>
      ) : null}
      <ManualEdits plan={detail.data ?? plan} />
      {needsConfirmation(plan) && !isTaken ? <Confirmation isIncluded={isIncluded} onInclude={onInclude} /> : null}
      {plan.renames ? (
        <p className={styles['renames']}>
          <span>Name:</span> <s>{plan.renames.from}</s> → <b>{plan.renames.to}</b>
        </p>
      ) : null}
      {detail.error ? <InlineError error={detail.error} /> : null}
      {detail.isPending ? <Skeleton height="150px" /> : <DiffLines lines={shown} />}
      {lines.length > FIRST_LINES ? (
        <Button
          look="quiet"
          icon={<CaretDown size={16} aria-hidden className={isOpen ? styles['up'] : undefined} />}
          aria-expanded={isOpen}
          onClick={onOpen}
        >
          {isOpen ? 'Show fewer lines' : `Show ${plural(lines.length - FIRST_LINES, 'more line')}`}
        </Button>
      ) : null}
    </section>
  );
}

/** Edits made on Spotify since the last receipt, and what the plan does with each. */
function ManualEdits({ plan }: { readonly plan: Pick<SyncPlanView, 'manualEdits' | 'shows'> }) {
  const lines = [...(plan.shows ? [`Restores the list of ${dayName(plan.shows)}.`] : []), ...plan.manualEdits.map(({ message }) => message)];
  if (lines.length === 0) return null;
  return (
    <ul className={styles['edits']} aria-label="Edits on Spotify">
      {lines.map((line) => (
        <li key={line}>
          <HandPointing size={16} aria-hidden /> <span>{line}</span>
        </li>
      ))}
    </ul>
  );
}

function Confirmation({ isIncluded, onInclude }: { readonly isIncluded: boolean; readonly onInclude: (isIncluded: boolean) => void }) {
  return (
    <div className={styles['confirmation']}>
      <Warning size={20} aria-hidden />
      <span>
        <b>Applying this overwrites an edit made on Spotify.</b> The playlist is excluded until you include it.
        <label>
          <input type="checkbox" checked={isIncluded} onChange={(event) => onInclude(event.target.checked)} /> Include this time
        </label>
      </span>
    </div>
  );
}
