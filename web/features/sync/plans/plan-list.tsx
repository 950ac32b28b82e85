import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { PlanGroup } from './plan-group.tsx';
import { changes } from './plan-words.ts';
import styles from './plan-list.module.css';

const route = getRouteApi('/admin/sync');
/** So many are shown with their lines at once; more of them on request, each time as many as one would read. */
const FIRST_SHOWN = 4;
const MORE_SHOWN = 20;

interface PlanListProps {
  readonly plans: readonly SyncPlanView[];
  /** A job writes them, or is about to. */
  readonly isTaken: boolean;
  readonly included: ReadonlySet<string>;
  readonly onInclude: (planId: string, isIncluded: boolean) => void;
}

/** The plans of a day as one long diff, playlist by playlist. The address remembers which one was opened whole. */
export function PlanList({ plans, isTaken, included, onInclude }: PlanListProps) {
  const { plan: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const [length, setLength] = useState(FIRST_SHOWN);
  const changing = plans.filter(changes);
  const same = plans.length - changing.length;
  const shown = changing.filter((plan, at) => at < length || plan.id === opened);
  const rest = changing.length - shown.length;
  const open = (planId: string) =>
    void navigate({ search: (now) => ({ ...now, plan: now.plan === planId ? undefined : planId }), resetScroll: false, replace: true });
  return (
    <div>
      {shown.map((plan) => (
        <PlanGroup
          key={plan.id}
          plan={plan}
          isTaken={isTaken}
          isOpen={opened === plan.id}
          isIncluded={included.has(plan.id)}
          onOpen={() => open(plan.id)}
          onInclude={(isIncluded) => onInclude(plan.id, isIncluded)}
        />
      ))}
      <div className={styles['more']}>
        {rest > 0 ? (
          <Button onClick={() => setLength(length + MORE_SHOWN)}>
            {rest > MORE_SHOWN ? `Show ${MORE_SHOWN} more of ${count(rest)}` : `Show the other ${plural(rest, 'playlist')}`}
          </Button>
        ) : null}
        {same > 0 ? (
          <span className="muted small">
            {plural(same, 'playlist')} {same === 1 ? 'is' : 'are'} already as planned.
          </span>
        ) : null}
      </div>
    </div>
  );
}
