import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { PlanGroup } from './plan-group.tsx';
import { hasChanges } from './plan-words.ts';
import styles from './plan-list.module.css';

const route = getRouteApi('/admin/sync');
/** Playlists shown at first, and how many more each press of the button adds. */
const FIRST_SHOWN = 4;
const MORE_SHOWN = 20;

interface PlanListProps {
  readonly plans: readonly SyncPlanView[];
  /** True while a job is applying the plans or is next in the queue. */
  readonly isTaken: boolean;
  readonly included: ReadonlySet<string>;
  readonly onInclude: (planId: string, isIncluded: boolean) => void;
}

/** The plans of a day as one diff, playlist by playlist. The URL stores which playlist is expanded. */
export function PlanList({ plans, isTaken, included, onInclude }: PlanListProps) {
  const { plan: expanded } = route.useSearch();
  const navigate = route.useNavigate();
  const [length, setLength] = useState(FIRST_SHOWN);
  const changing = plans.filter(hasChanges);
  const unchanged = plans.length - changing.length;
  const shown = changing.filter((plan, at) => at < length || plan.id === expanded);
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
          isOpen={expanded === plan.id}
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
        {unchanged > 0 ? <span className="muted small">{plural(unchanged, 'playlist')} unchanged.</span> : null}
      </div>
    </div>
  );
}
