import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EarlierScalingPlan, ScalingPlanView, ScalingView } from '#shared/contracts/scaling/scaling.ts';
import { ActionLines } from '#web/features/scaling/action-lines.tsx';
import { PolicyCapacityTable } from '#web/features/scaling/policy-capacity-table.tsx';
import { CapacityChart } from '#web/features/scaling/capacity-chart.tsx';
import { SettingsForm } from '#web/features/scaling/settings-form.tsx';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, numberInWords, joinNames, capitalize, percent, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import type { Tone } from '#web/ui/feedback/status-text.tsx';
import { ErrorState, InlineError, RowsSkeleton, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './scaling-page.module.css';

const STATES: Readonly<Record<ScalingPlanView['status'], { readonly tone: Tone; readonly name: string }>> = {
  planned: { tone: 'soon', name: 'Waiting for approval' },
  approved: { tone: 'live', name: 'Approved' },
  applied: { tone: 'good', name: 'Applied' },
  superseded: { tone: 'quiet', name: 'Replaced' },
  impossible: { tone: 'bad', name: 'Not possible' },
};

/** How many playlists the catalog and the accounts allow, the scaling plan with its changes, and the scaling settings. */
export function ScalingPage() {
  usePageTitle('Scaling');
  const view = useQuery(trpc.playlistAdmin.scaling.view.queryOptions());
  if (view.data) return <Scaling view={view.data} />;
  if (view.error) return <ErrorState isPage error={view.error} what="Can’t load the scaling plan." onRetry={() => void view.refetch()} />;
  return (
    <div aria-busy>
      <PageHead title={<TitleSkeleton width="14em" />}>
        <Skeleton width="24em" />
      </PageHead>
      <div className={styles['cols']}>
        <RowsSkeleton rows={8} />
        <RowsSkeleton rows={5} />
      </div>
    </div>
  );
}

function Scaling({ view }: { readonly view: ScalingView }) {
  const { current } = view;
  const plan = useMutation(
    trpc.playlistAdmin.scaling.plan.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.playlistAdmin.scaling.pathFilter()) }),
  );
  const planButton = (
    <Button look={current ? 'default' : 'primary'} working={plan.isPending ? 'Calculating…' : false} onClick={() => plan.mutate()}>
      {current ? 'Recalculate plan' : 'Calculate plan'}
    </Button>
  );
  return (
    <>
      <PageHead title={current ? headline(current) : 'No capacity plan yet.'} actions={planButton}>
        {current ? `Calculated ${dayName(current.plannedAt)}, ${clockTime(current.plannedAt)} UTC. ` : ''}Calculated daily at 02:00 UTC; changes wait
        for your approval unless within the auto-apply limit.
      </PageHead>
      {plan.error ? <InlineError error={plan.error} /> : null}
      {current ? (
        <div className={styles['cols']}>
          <PageSection title="Capacity">
            <CapacityChart stats={current.stats} isOver={hasApplied(current)} />
            <ul className={styles['reasons']}>
              {current.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
              {current.impossible.map((reason) => (
                <li key={reason} data-tone="bad">
                  {reason}
                </li>
              ))}
            </ul>
          </PageSection>
          <PageSection
            title={hasApplied(current) ? 'Applied changes' : 'Proposed changes'}
            note={<StatusText tone={STATES[current.status].tone}>{STATES[current.status].name}</StatusText>}
          >
            <Plan key={current.id} plan={current} />
          </PageSection>
        </div>
      ) : (
        <p className={styles['calm']}>
          A plan compares the catalog with your policies’ repeat windows, and the playlists with the free slots of your accounts.
        </p>
      )}
      <div className={styles['parts']}>
        {current && current.policies.length > 0 ? (
          <PageSection title="Capacity per policy">
            <PolicyCapacityTable policies={current.policies} />
          </PageSection>
        ) : null}
        <PageSection title="Playlists per account">
          <DataTable caption="Playlists per account" columns={ACCOUNTS} rows={byAvailability(view.accounts)} keyOf={(row) => row.id} first={10} />
        </PageSection>
        <PageSection title="Settings" id="settings">
          <SettingsForm settings={view.settings} />
        </PageSection>
        {view.earlier.length > 0 ? (
          <PageSection title="Earlier plans">
            <DataTable caption="Earlier scaling plans" columns={EARLIER} rows={view.earlier} keyOf={(row) => row.id} />
          </PageSection>
        ) : null}
      </div>
    </>
  );
}

function Plan({ plan }: { readonly plan: ScalingPlanView }) {
  const [isConfirmed, setConfirmed] = useState(false);
  const apply = useMutation(
    trpc.playlistAdmin.scaling.applyPlan.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.playlistAdmin.scaling.pathFilter()),
    }),
  );
  if (apply.data) {
    const { playlistsAdded: added, playlistsRetired: retired, replicasPlaced: placed, replicasRetired: left } = apply.data;
    return (
      <div className={styles['receipt']}>
        <Receipt title="Applied" note={plan.hash.slice(0, 8)}>
          <p>
            {resultText({ added: added.length, retired, placed, left })}{' '}
            {added.length + placed > 0 ? 'Segue is curating the new playlists. Sync plans each change and applies those within its limits.' : ''}
          </p>
        </Receipt>
      </div>
    );
  }
  if (plan.status === 'impossible')
    return (
      <p className={styles['nothing']}>
        Nothing changes until this is solved. Check the <AppLink href="/admin/accounts">accounts</AppLink>, the{' '}
        <AppLink href="/admin/policies">policies</AppLink> or the settings below.
      </p>
    );
  if (plan.actions.length === 0) return <p className={styles['nothing']}>{plan.statusReason ?? 'No changes needed.'}</p>;
  const retires = plan.actions.some((action) => action.kind === 'retire_playlist');
  return (
    <>
      <ActionLines actions={plan.actions} renaming={plan.status === 'planned' ? { planId: plan.id, hash: plan.hash } : null} />
      {plan.status === 'planned' ? (
        <div className={styles['apply']}>
          <p className="small muted">
            Changes {percent(plan.touches)} of playlists and replicas.{' '}
            {retires
              ? 'A retired playlist stays on Spotify but is no longer updated. Its history stays in the ledger.'
              : 'Sync plans each change to Spotify and applies those within its limits.'}
          </p>
          {retires ? (
            <label className="small">
              <input type="checkbox" checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)} /> I have read which playlists
              will be retired.
            </label>
          ) : null}
          <Button
            look="primary"
            disabled={retires && !isConfirmed}
            working={apply.isPending ? 'Applying…' : false}
            onClick={() => apply.mutate({ planId: plan.id, hash: plan.hash })}
          >
            Apply {plural(plan.actions.length, 'change')}
          </Button>
          {apply.error ? <InlineError error={apply.error} /> : null}
        </div>
      ) : null}
    </>
  );
}

const ACCOUNTS: readonly Column<ScalingView['accounts'][number]>[] = [
  { head: 'Account', cell: (row) => row.displayName },
  { head: 'Playlists', cell: (row) => count(row.replicas), numeric: true },
  { head: 'Free slots', cell: (row) => count(row.freeSlots), numeric: true },
  {
    head: 'Accepts new playlists',
    cell: (row) =>
      row.acceptsNewPlaylists ? <StatusText tone="good">Yes</StatusText> : <StatusText tone="soon">{`No: ${row.reason ?? ''}`}</StatusText>,
  },
];

/** Accounts that accept no new playlists come first, then those with the most playlists. */
const byAvailability = (accounts: ScalingView['accounts']) =>
  accounts.toSorted((one, other) => Number(one.acceptsNewPlaylists) - Number(other.acceptsNewPlaylists) || other.replicas - one.replicas);

const EARLIER: readonly Column<EarlierScalingPlan>[] = [
  { head: 'Day', cell: (row) => dayName(row.day) },
  { head: 'Playlists', cell: (row) => `${count(row.playlists)} → ${count(row.wanted)}`, numeric: true },
  { head: 'Changes', cell: (row) => count(row.changes), numeric: true },
  { head: 'Status', cell: (row) => <StatusText tone={STATES[row.status].tone}>{STATES[row.status].name}</StatusText> },
  { head: 'Reason', cell: (row) => row.why },
];

/** True for an applied plan that had changes. A plan without changes counts as applied at once, so it has no result to show. */
const hasApplied = ({ status, actions }: ScalingPlanView) => status === 'applied' && actions.length > 0;

function resultText({ added, retired, placed, left }: Readonly<Record<'added' | 'retired' | 'placed' | 'left', number>>): string {
  const parts = [
    added > 0 ? `${plural(added, 'playlist')} added` : '',
    retired > 0 ? `${plural(retired, 'playlist')} retired` : '',
    placed > 0 ? `${plural(placed, 'replica')} created` : '',
    left > 0 ? `${plural(left, 'replica')} retired` : '',
  ].filter((one) => one !== '');
  return parts.length > 0 ? `${capitalize(joinNames(parts))}.` : 'No changes were needed.';
}

/** The page's headline: the number of playlists against the plan's target. */
function headline(plan: ScalingPlanView): string {
  const { playlists, wanted, overcommittedDays } = plan.stats;
  if (hasApplied(plan)) return `${capitalize(numberInWords(wanted))} ${wanted === 1 ? 'playlist' : 'playlists'}, as planned.`;
  const now = `${capitalize(numberInWords(playlists))} ${playlists === 1 ? 'playlist' : 'playlists'}`;
  const short =
    overcommittedDays > 0
      ? ` Repeat windows are ${numberInWords(overcommittedDays)} ${overcommittedDays === 1 ? 'day' : 'days'} short.`
      : ' No changes needed.';
  if (plan.status === 'impossible') return `${now}. The plan is not possible.`;
  if (wanted < playlists) return `${now}, ${numberInWords(playlists - wanted)} above the target.`;
  const added = plan.actions.filter((action) => action.kind === 'add_playlist').length;
  if (added > 0) return `${now}, with enough music for ${numberInWords(added)} more.`;
  return wanted > playlists ? `${now}. No policy has enough music for another.` : `${now}.${short}`;
}
