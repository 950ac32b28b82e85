import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EarlierScalingPlan, ScalingPlanView, ScalingView } from '#shared/contracts/scaling/scaling.ts';
import { ActionLines } from '#web/features/scaling/action-lines.tsx';
import { PolicyShares } from '#web/features/scaling/policy-shares.tsx';
import { ScalePicture } from '#web/features/scaling/scale-picture.tsx';
import { SettingsForm } from '#web/features/scaling/settings-form.tsx';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, inWords, listed, opening, percent, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { HouseLink } from '#web/ui/controls/house-link.tsx';
import { PageHead, Part } from '#web/ui/layout/page-head.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import type { Tone } from '#web/ui/feedback/state-text.tsx';
import { ErrorState, Refusal, RowsSkeleton, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './scaling-page.module.css';

const STATES: Readonly<Record<ScalingPlanView['status'], { readonly tone: Tone; readonly name: string }>> = {
  planned: { tone: 'soon', name: 'waits for you' },
  approved: { tone: 'live', name: 'approved' },
  applied: { tone: 'good', name: 'done' },
  superseded: { tone: 'quiet', name: 'replaced by a newer one' },
  impossible: { tone: 'bad', name: 'not possible' },
};

/** How large the network should be and where it stands: the numbers, the plan, what may happen by itself. */
export function ScalingPage() {
  usePageTitle('Scaling');
  const view = useQuery(trpc.scaling.view.queryOptions());
  if (view.data) return <Scaling view={view.data} />;
  if (view.error) return <ErrorState isPage error={view.error} what="The scaling plan cannot be shown." onRetry={() => void view.refetch()} />;
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
  const plan = useMutation(trpc.scaling.plan.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.scaling.pathFilter()) }));
  const again = (
    <Button look={current ? 'default' : 'primary'} working={plan.isPending ? 'Counting…' : false} onClick={() => plan.mutate()}>
      {current ? 'Plan again' : 'Make the first plan'}
    </Button>
  );
  return (
    <>
      <PageHead title={current ? answer(current) : 'The network has not been measured yet.'} actions={again}>
        {current ? `Counted ${dayName(current.plannedAt)}, ${clockTime(current.plannedAt)} UTC. ` : ''}Every day at 02:00 the clock counts anew;
        nothing changes before you, or the share you allow, say so.
      </PageHead>
      {plan.error ? <Refusal error={plan.error} /> : null}
      {current ? (
        <div className={styles['cols']}>
          <Part title="What the numbers say">
            <ScalePicture stats={current.stats} isOver={hasHappened(current)} />
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
          </Part>
          <Part
            title={hasHappened(current) ? 'What changed' : 'What would change'}
            note={<StateText tone={STATES[current.status].tone}>{STATES[current.status].name}</StateText>}
          >
            <Plan key={current.id} plan={current} />
          </Part>
        </div>
      ) : (
        <p className={styles['calm']}>A plan counts the catalogue against the rest of your policies, and the accounts against the playlists.</p>
      )}
      <div className={styles['parts']}>
        {current && current.policies.length > 0 ? (
          <Part title="What each policy’s pool carries">
            <PolicyShares policies={current.policies} />
          </Part>
        ) : null}
        <Part title="Where playlists stand">
          <DataTable caption="Accounts and what they carry" columns={ACCOUNTS} rows={byRoom(view.accounts)} keyOf={(row) => row.id} first={10} />
        </Part>
        <Part title="What you decide" id="settings">
          <SettingsForm settings={view.settings} />
        </Part>
        {view.earlier.length > 0 ? (
          <Part title="Earlier plans">
            <DataTable caption="Earlier scaling plans" columns={EARLIER} rows={view.earlier} keyOf={(row) => row.id} />
          </Part>
        ) : null}
      </div>
    </>
  );
}

function Plan({ plan }: { readonly plan: ScalingPlanView }) {
  const [isSure, setSure] = useState(false);
  const apply = useMutation(
    trpc.scaling.applyPlan.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.scaling.pathFilter()) }),
  );
  if (apply.data) {
    const { added, retired, placed, left } = apply.data;
    return (
      <div className={styles['receipt']}>
        <Receipt title="Applied" note={plan.hash.slice(0, 8)}>
          <p>
            {happened({ added: added.length, retired, placed, left })}{' '}
            {added.length + placed > 0 ? 'What is new is curated now; Sync plans it line by line and writes what is within its limits.' : ''}
          </p>
        </Receipt>
      </div>
    );
  }
  if (plan.status === 'impossible')
    return (
      <p className={styles['nothing']}>
        Nothing changes until what stands in the way is gone: look at the <HouseLink href="/admin/accounts">accounts</HouseLink>, the{' '}
        <HouseLink href="/admin/policies">policies</HouseLink>, or what you decide below.
      </p>
    );
  if (plan.actions.length === 0) return <p className={styles['nothing']}>{plan.statusReason ?? 'Nothing has to change.'}</p>;
  const retires = plan.actions.some((action) => action.kind === 'retire_playlist');
  return (
    <>
      <ActionLines actions={plan.actions} renaming={plan.status === 'planned' ? { planId: plan.id, hash: plan.hash } : null} />
      {plan.status === 'planned' ? (
        <div className={styles['apply']}>
          <p className="small muted">
            Touches {percent(plan.touches)} of playlists and replicas.{' '}
            {retires
              ? 'A retired playlist stays on Spotify as it is and is no longer changed; the ledger keeps it.'
              : 'What reaches Spotify is planned line by line and goes out within the limits of Sync.'}
          </p>
          {retires ? (
            <label className="small">
              <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} /> Playlists are retired; I have read which.
            </label>
          ) : null}
          <Button
            look="primary"
            disabled={retires && !isSure}
            working={apply.isPending ? 'Applying…' : false}
            onClick={() => apply.mutate({ planId: plan.id, hash: plan.hash })}
          >
            Apply {plural(plan.actions.length, 'change')}
          </Button>
          {apply.error ? <Refusal error={apply.error} /> : null}
        </div>
      ) : null}
    </>
  );
}

const ACCOUNTS: readonly Column<ScalingView['accounts'][number]>[] = [
  { head: 'Account', cell: (row) => row.displayName },
  { head: 'Carries', cell: (row) => count(row.replicas), numeric: true },
  { head: 'Room for', cell: (row) => count(row.room), numeric: true },
  {
    head: 'Takes new playlists',
    cell: (row) => (row.takesNew ? <StateText tone="good">yes</StateText> : <StateText tone="soon">{`no: ${row.whyNot ?? ''}`}</StateText>),
  },
];

/** Those that take nothing new come first, then the fullest. */
const byRoom = (accounts: ScalingView['accounts']) =>
  accounts.toSorted((one, other) => Number(one.takesNew) - Number(other.takesNew) || other.replicas - one.replicas);

const EARLIER: readonly Column<EarlierScalingPlan>[] = [
  { head: 'Day', cell: (row) => dayName(row.day) },
  { head: 'Playlists', cell: (row) => `${count(row.playlists)} → ${count(row.wanted)}`, numeric: true },
  { head: 'Changes', cell: (row) => count(row.changes), numeric: true },
  { head: 'State', cell: (row) => <StateText tone={STATES[row.status].tone}>{STATES[row.status].name}</StateText> },
  { head: 'Why', cell: (row) => row.why },
];

/** A plan without a change is over as it is made; only one with changes has something to look back at. */
const hasHappened = ({ status, actions }: ScalingPlanView) => status === 'applied' && actions.length > 0;

function happened({ added, retired, placed, left }: Readonly<Record<'added' | 'retired' | 'placed' | 'left', number>>): string {
  const said = [
    added > 0 ? `${plural(added, 'playlist')} added` : '',
    retired > 0 ? `${plural(retired, 'playlist')} retired` : '',
    placed > 0 ? `${plural(placed, 'replica')} placed` : '',
    left > 0 ? `${plural(left, 'replica')} left` : '',
  ].filter((one) => one !== '');
  return said.length > 0 ? `${opening(listed(said))}.` : 'Nothing had to change.';
}

function answer(plan: ScalingPlanView): string {
  const { playlists, wanted, overcommittedDays } = plan.stats;
  if (hasHappened(plan)) return `${opening(inWords(wanted))} ${wanted === 1 ? 'playlist' : 'playlists'}, as planned.`;
  const there = `${opening(inWords(playlists))} ${playlists === 1 ? 'playlist' : 'playlists'}`;
  const short = overcommittedDays > 0 ? `, ${inWords(overcommittedDays)} ${overcommittedDays === 1 ? 'day' : 'days'} short of the rest` : '';
  if (plan.status === 'impossible') return `${there}, and something stands in the way.`;
  if (wanted < playlists) return `${there}, ${inWords(playlists - wanted)} more than there should be.`;
  const added = plan.actions.filter((action) => action.kind === 'add_playlist').length;
  if (added > 0) return `${there}, and music for ${inWords(added)} more.`;
  return wanted > playlists ? `${there}; no policy has music for another.` : `${there}, as it should be${short}.`;
}
