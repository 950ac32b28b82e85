import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowClockwise } from '@phosphor-icons/react/ArrowClockwise';
import { useState } from 'react';
import type { SyncJobView } from '#shared/contracts/sync/sync-job.ts';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { ApplyPanel } from '#web/features/sync/plans/apply-panel.tsx';
import { AutoApplyLimits } from '#web/features/sync/dry-run/auto-apply-limits.tsx';
import { DryRunPanel } from '#web/features/sync/dry-run/dry-run-panel.tsx';
import { SyncDifferences } from '#web/features/sync/findings/sync-differences.tsx';
import { KeptManualEdits } from '#web/features/sync/manual-edits/kept-manual-edits.tsx';
import { PlanningProblems } from '#web/features/sync/plans/planning-problems.tsx';
import { PlanList } from '#web/features/sync/plans/plan-list.tsx';
import { Receipts } from '#web/features/sync/plans/receipts.tsx';
import { Steps } from '#web/features/sync/plans/steps.tsx';
import { plansHeadline, planOriginText, sortPlans, currentStep } from '#web/features/sync/plans/plan-words.ts';
import { isRunningOrNext, useSyncInProgress } from '#web/features/sync/dry-run/use-sync-in-progress.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ErrorState, InlineError, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './sync-page.module.css';

const route = getRouteApi('/admin/sync');

/** Plan → prove → preview → apply → receipt: every change to Spotify, line by line, before it is written. */
export function SyncPage() {
  usePageTitle('Sync plan');
  const { day } = route.useSearch();
  const input = day ? { day } : {};
  const syncJob = useSyncInProgress(day);
  // Loaded together with the plans before anything is shown, so that no section moves another down.
  const dryRun = useQuery(trpc.playlistAdmin.sync.dryRun.queryOptions(input));
  const findings = useQuery(trpc.playlistAdmin.sync.findings.queryOptions());
  const kept = useQuery(trpc.playlistAdmin.sync.keptDetails.queryOptions());
  const isSyncing = isRunningOrNext(syncJob);
  const plans = useQuery(trpc.playlistAdmin.sync.plans.queryOptions(input, { refetchInterval: useLiveInterval() }));
  const plan = useMutation(
    trpc.playlistAdmin.sync.plan.mutationOptions({
      onSuccess: (result) => {
        showToast(result.planned === 0 ? 'Spotify already shows every list.' : 'Planned again from the playlists on Spotify.');
        void queryClient.invalidateQueries(trpc.playlistAdmin.sync.pathFilter());
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
      <Steps current={isSyncing && plans.data.length > 0 ? 'Apply' : currentStep(plans.data)} />
      <header className={styles['head']}>
        <div>
          <h1>{plansHeadline(plans.data, isSyncing)}</h1>
          <p>{planOriginText(plans.data)}</p>
        </div>
        {planButton}
      </header>
      {plan.error ? <InlineError error={plan.error} /> : null}
      {plan.data && plan.data.problems.length > 0 ? <PlanningProblems problems={plan.data.problems} /> : null}
      <div className={styles['parts']}>
        <DryRunPanel day={day} />
        <SyncDifferences />
        <KeptManualEdits />
      </div>
      {plans.data.length > 0 ? <Preview plans={sortPlans(plans.data)} syncJob={syncJob} /> : null}
      <div className={styles['settings']}>
        <AutoApplyLimits />
      </div>
    </>
  );
}

function Preview({ plans, syncJob }: { readonly plans: readonly SyncPlanView[]; readonly syncJob: SyncJobView | null }) {
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
        <PlanList plans={plans} isTaken={isRunningOrNext(syncJob)} included={included} onInclude={include} />
        {plans.some(({ status }) => status !== 'waiting') ? <ApplyPanel plans={plans} included={included} syncJob={syncJob} /> : null}
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
