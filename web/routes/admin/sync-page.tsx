import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowClockwise } from '@phosphor-icons/react/ArrowClockwise';
import { useState } from 'react';
import type { SyncUnderWayView } from '#shared/contracts/sync/sync-under-way.ts';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { ApplySide } from '#web/features/sync/plans/apply-side.tsx';
import { ByItself } from '#web/features/sync/dry-run/by-itself-form.tsx';
import { DryRunPanel } from '#web/features/sync/dry-run/dry-run-panel.tsx';
import { Findings } from '#web/features/sync/findings/findings.tsx';
import { KeptByHand } from '#web/features/sync/manual-edits/kept-by-hand.tsx';
import { PlanningProblems } from '#web/features/sync/plans/planning-problems.tsx';
import { PlanList } from '#web/features/sync/plans/plan-list.tsx';
import { Receipts } from '#web/features/sync/plans/receipts.tsx';
import { Steps } from '#web/features/sync/plans/steps.tsx';
import { answerOf, originOf, sortPlans, stepOf } from '#web/features/sync/plans/plan-words.ts';
import { isTaken, useUnderWay } from '#web/features/sync/dry-run/use-under-way.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ErrorState, Refusal, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './sync-page.module.css';

const route = getRouteApi('/admin/sync');

/** Plan → prove → preview → apply → receipt: every change to Spotify, line by line, before it is written. */
export function SyncPage() {
  usePageTitle('Sync plan');
  const { day } = route.useSearch();
  const input = day ? { day } : {};
  const underWay = useUnderWay(day);
  // Loaded together with the plans before anything is shown, so that no section moves another down.
  const dryRun = useQuery(trpc.sync.dryRun.queryOptions(input));
  const findings = useQuery(trpc.sync.findings.queryOptions());
  const kept = useQuery(trpc.sync.kept.queryOptions());
  const isUnderWay = isTaken(underWay);
  const plans = useQuery(trpc.sync.plans.queryOptions(input, { refetchInterval: useLiveInterval() }));
  const plan = useMutation(
    trpc.sync.plan.mutationOptions({
      onSuccess: (result) => {
        say(result.planned === 0 ? 'Spotify already shows every list.' : 'Planned again from the playlists on Spotify.');
        void queryClient.invalidateQueries(trpc.sync.pathFilter());
      },
    }),
  );
  if (plans.error && !plans.data)
    return <ErrorState isPage error={plans.error} what="Can’t load the sync plans." onRetry={() => void plans.refetch()} />;
  if (!plans.data || dryRun.isPending || findings.isPending || kept.isPending) return <SyncSkeleton />;
  const planButton = (
    <Button
      look={plans.data.length === 0 ? 'primary' : 'default'}
      icon={<ArrowClockwise size={16} aria-hidden />}
      working={plan.isPending ? 'Reading Spotify…' : false}
      onClick={() => plan.mutate(input)}
    >
      {plans.data.length === 0 ? 'Plan sync' : 'Plan again'}
    </Button>
  );
  return (
    <>
      <Steps current={isUnderWay && plans.data.length > 0 ? 'Apply' : stepOf(plans.data)} />
      <header className={styles['head']}>
        <div>
          <h1>{answerOf(plans.data, isUnderWay)}</h1>
          <p>{originOf(plans.data)}</p>
        </div>
        {planButton}
      </header>
      {plan.error ? <Refusal error={plan.error} /> : null}
      {plan.data && plan.data.problems.length > 0 ? <PlanningProblems problems={plan.data.problems} /> : null}
      <div className={styles['parts']}>
        <DryRunPanel day={day} />
        <Findings />
        <KeptByHand />
      </div>
      {plans.data.length > 0 ? <Preview plans={sortPlans(plans.data)} underWay={underWay} /> : null}
      <div className={styles['settings']}>
        <ByItself />
      </div>
    </>
  );
}

function Preview({ plans, underWay }: { readonly plans: readonly SyncPlanView[]; readonly underWay: SyncUnderWayView | null }) {
  const [included, setIncluded] = useState<ReadonlySet<string>>(new Set());
  const include = (planId: string, isIncluded: boolean) => {
    const next = new Set(included);
    if (isIncluded) next.add(planId);
    else next.delete(planId);
    setIncluded(next);
  };
  return (
    <>
      <div className={styles['two']}>
        <PlanList plans={plans} isTaken={isTaken(underWay)} included={included} onInclude={include} />
        {plans.some(({ status }) => status !== 'waiting') ? <ApplySide plans={plans} included={included} underWay={underWay} /> : null}
      </div>
      <Receipts plans={plans} />
    </>
  );
}

function SyncSkeleton() {
  return (
    <div aria-busy>
      <Steps current="Preview" />
      <header className={styles['head']}>
        <h1>
          <TitleSkeleton width="14em" />
        </h1>
      </header>
      <div className={styles['two']}>
        <RowsSkeleton rows={12} />
        <RowsSkeleton rows={4} />
      </div>
    </div>
  );
}
