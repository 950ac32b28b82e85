import { useMutation, useQuery } from '@tanstack/react-query';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { DryRunBody, DryRunView } from '#shared/contracts/sync/dry-run.ts';
import { describeActor } from '#shared/domain/describe-actor.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { clockTime, dayName, approximateDuration } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { ErrorState, InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import type { Tone } from '#web/ui/feedback/status-text.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { DryRunLines } from './dry-run-lines.tsx';
import styles from './dry-run-panel.module.css';

const STATES: Readonly<Record<DryRunView['status'], { readonly tone: Tone; readonly name: string }>> = {
  within: { tone: 'good', name: 'Within auto-apply limits' },
  waiting: { tone: 'bad', name: 'Waiting for approval' },
  approved: { tone: 'live', name: 'Approved' },
  superseded: { tone: 'quiet', name: 'Replaced by a newer plan' },
};

/** A day's dry run before anything is written: changes, requests, time and warnings, with the button that approves it. */
export function DryRunPanel({ day }: { readonly day: string | undefined }) {
  const dryRun = useQuery(trpc.playlistAdmin.sync.dryRun.queryOptions(day ? { day } : {}, { refetchInterval: useLiveInterval() }));
  if (dryRun.error && !dryRun.data)
    return <ErrorState error={dryRun.error} what="Can’t load the summary of changes." onRetry={() => void dryRun.refetch()} />;
  if (!dryRun.data) return null;
  const { body, status } = dryRun.data;
  return (
    <PageSection title="Summary of changes" note={<StatusText tone={STATES[status].tone}>{STATES[status].name}</StatusText>}>
      <p className={styles['origin']}>
        {dayName(body.day)}, calculated at {clockTime(dryRun.data.plannedAt)} UTC{' '}
        {body.basis === 'looked'
          ? 'from the playlists on Spotify.'
          : 'from the last receipts, without reading Spotify. Edits on Spotify are not known yet.'}
      </p>
      <Figures body={body} />
      <Risks body={body} />
      <Approve dryRun={dryRun.data} />
      <Accounts body={body} />
      <DryRunLines body={body} />
    </PageSection>
  );
}

function Figures({ body }: { readonly body: DryRunBody }) {
  const { tracks, cost } = body;
  const figures = [
    ['Changed playlists', `${count(body.changed)} of ${count(body.replicas)}`],
    ['Tracks', `${count(tracks.adds)} added, ${count(tracks.removes)} removed, ${count(tracks.moves)} moved`],
    ['New or renamed', `${count(body.creates)} new, ${count(body.renames)} renamed`],
    ['Edited on Spotify', plural(body.handEdited, 'playlist')],
    ['Requests', `${plural(cost.reads, 'read')}, ${plural(cost.writes, 'write')}`],
    ['Estimated time', body.seconds === null ? 'No request budget set' : approximateDuration(body.seconds * 1000)],
  ] as const;
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Risks({ body }: { readonly body: DryRunBody }) {
  if (body.risks.length === 0) return <p className={styles['calm']}>No warnings.</p>;
  return (
    <ul className={styles['risks']} aria-label="Warnings">
      {body.risks.map((risk) => (
        <li key={risk.says} data-level={risk.level}>
          <WarningCircle size={18} aria-hidden />
          <span>{risk.says}</span>
        </li>
      ))}
    </ul>
  );
}

const COLUMNS: readonly Column<DryRunBody['accounts'][number]>[] = [
  { head: 'Account', cell: (one) => one.account },
  { head: 'Playlists', cell: (one) => count(one.replicas), numeric: true },
  { head: 'Changed', cell: (one) => count(one.changed), numeric: true },
  { head: 'Reads', cell: (one) => count(one.cost.reads), numeric: true },
  { head: 'Writes', cell: (one) => count(one.cost.writes), numeric: true },
];
const TIME: Column<DryRunBody['accounts'][number]> = {
  head: 'Time',
  cell: (one) => (one.seconds === null ? '—' : approximateDuration(one.seconds * 1000)),
  numeric: true,
};
const PROBLEM: Column<DryRunBody['accounts'][number]> = { head: 'Problem', cell: (one) => one.problem ?? '' };

function Accounts({ body }: { readonly body: DryRunBody }) {
  if (body.accounts.length === 0) return null;
  const columns = [
    ...COLUMNS,
    ...(body.accounts.some(({ seconds }) => seconds !== null) ? [TIME] : []),
    ...(body.accounts.some(({ problem }) => problem !== null) ? [PROBLEM] : []),
  ];
  const accounts = body.accounts.toSorted(
    (one, other) =>
      Number(other.problem !== null) - Number(one.problem !== null) || other.changed - one.changed || one.account.localeCompare(other.account),
  );
  return <DataTable caption="Changes by account" columns={columns} rows={accounts} keyOf={(one) => one.accountId} first={8} />;
}

function Approve({ dryRun }: { readonly dryRun: DryRunView }) {
  const approve = useMutation(
    trpc.playlistAdmin.sync.approve.mutationOptions({
      onSuccess: () => {
        showToast('Approved. Segue is applying the plans.');
        void queryClient.invalidateQueries(trpc.playlistAdmin.sync.pathFilter());
      },
      // Refused because someone else decided or a newer dry run replaced it: show the current one beside the reason.
      onError: () => void queryClient.invalidateQueries(trpc.playlistAdmin.sync.pathFilter()),
    }),
  );
  const plans = dryRun.body.lines.filter((line) => line.plan !== null).length;
  if (dryRun.status === 'approved') {
    return (
      <>
        {approve.error ? <InlineError error={approve.error} /> : null}
        <p className={styles['approved']} tabIndex={-1} ref={(line) => (approve.isSuccess ? line?.focus() : undefined)}>
          Approved by {describeActor(dryRun.approvedBy)} at {dryRun.approvedAt ? clockTime(dryRun.approvedAt) : '—'} UTC.{' '}
          <AppLink href="/admin/jobs" className="link">
            View progress in Jobs
          </AppLink>
        </p>
      </>
    );
  }
  // A dry run within the auto-apply limits needs no approval; its plans are applied playlist by playlist beside the list.
  if (plans === 0 || dryRun.status !== 'waiting') return null;
  return (
    <div className={styles['approve']}>
      <Button
        look="primary"
        working={approve.isPending ? 'Approving…' : false}
        onClick={() => approve.mutate({ dryRunId: dryRun.id, hash: dryRun.hash })}
      >
        Approve and apply to {plural(plans, 'playlist')}
      </Button>
      <p className="small muted">
        You approve exactly this dry run, hash <span className="mono">{dryRun.hash.slice(0, 12)}</span>. Segue skips playlists that are edited on
        Spotify in the meantime.
      </p>
      {approve.error ? <InlineError error={approve.error} /> : null}
    </div>
  );
}
