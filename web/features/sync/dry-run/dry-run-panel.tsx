import { useMutation, useQuery } from '@tanstack/react-query';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { DryRunBody, DryRunView } from '#shared/contracts/sync/dry-run.ts';
import { actorWords } from '#shared/domain/actor-words.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { clockTime, dayName, roughly } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { HouseLink } from '#web/ui/controls/house-link.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { ErrorState, Refusal } from '#web/ui/feedback/states.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import type { Tone } from '#web/ui/feedback/state-text.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import { DryRunLines } from './dry-run-lines.tsx';
import styles from './dry-run-panel.module.css';

const STATES: Readonly<Record<DryRunView['status'], { readonly tone: Tone; readonly says: string }>> = {
  within: { tone: 'good', says: 'within what goes out by itself' },
  waiting: { tone: 'bad', says: 'waits for your approval' },
  approved: { tone: 'live', says: 'approved' },
  superseded: { tone: 'quiet', says: 'a newer one took its place' },
};

/** The day as a whole before anything is written: what changes, what it costs, how long it takes, what to think about; and the one yes. */
export function DryRunPanel({ day }: { readonly day: string | undefined }) {
  const dryRun = useQuery(trpc.sync.dryRun.queryOptions(day ? { day } : {}, { refetchInterval: useLiveInterval() }));
  if (dryRun.error && !dryRun.data)
    return <ErrorState error={dryRun.error} what="The day as a whole cannot be shown." onRetry={() => void dryRun.refetch()} />;
  if (!dryRun.data) return null;
  const { body, status } = dryRun.data;
  return (
    <Part title="The day as a whole" note={<StateText tone={STATES[status].tone}>{STATES[status].says}</StateText>}>
      <p className={styles['origin']}>
        {dayName(body.day)}, reckoned at {clockTime(dryRun.data.plannedAt)} UTC{' '}
        {body.basis === 'looked' ? 'from what Spotify showed.' : 'from the last receipts, before Spotify was asked; hand edits are not known yet.'}
      </p>
      <Figures body={body} />
      <Risks body={body} />
      <Approve dryRun={dryRun.data} />
      <Accounts body={body} />
      <DryRunLines body={body} />
    </Part>
  );
}

function Figures({ body }: { readonly body: DryRunBody }) {
  const { tracks, cost } = body;
  const figures = [
    ['Playlists that change', `${count(body.changed)} of ${count(body.replicas)}`],
    ['Tracks', `${count(tracks.adds)} in, ${count(tracks.removes)} out, ${count(tracks.moves)} moved`],
    ['Playlists made', `${count(body.creates)} new, ${count(body.renames)} renamed`],
    ['Changed by hand', plural(body.handEdited, 'playlist')],
    ['Requests', `${count(cost.reads)} to read, ${count(cost.writes)} to write`],
    ['Time at this budget', body.seconds === null ? 'as fast as Spotify answers' : roughly(body.seconds * 1000)],
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
  if (body.risks.length === 0) return <p className={styles['calm']}>Nothing about it gives pause.</p>;
  return (
    <ul className={styles['risks']} aria-label="What gives pause">
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
  { head: 'Change', cell: (one) => count(one.changed), numeric: true },
  { head: 'Reads', cell: (one) => count(one.cost.reads), numeric: true },
  { head: 'Writes', cell: (one) => count(one.cost.writes), numeric: true },
];
const TIME: Column<DryRunBody['accounts'][number]> = {
  head: 'Time',
  cell: (one) => (one.seconds === null ? '—' : roughly(one.seconds * 1000)),
  numeric: true,
};
const PROBLEM: Column<DryRunBody['accounts'][number]> = { head: 'In the way', cell: (one) => one.problem ?? '' };

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
  return <DataTable caption="The day by account" columns={columns} rows={accounts} keyOf={(one) => one.accountId} first={8} />;
}

function Approve({ dryRun }: { readonly dryRun: DryRunView }) {
  const approve = useMutation(
    trpc.sync.approve.mutationOptions({
      onSuccess: () => {
        say('Approved. The plans are being applied.');
        void queryClient.invalidateQueries(trpc.sync.pathFilter());
      },
      // Refused because somebody else decided, or a newer look took its place: what stands now is shown beside the reason.
      onError: () => void queryClient.invalidateQueries(trpc.sync.pathFilter()),
    }),
  );
  const plans = dryRun.body.lines.filter((line) => line.plan !== null).length;
  if (dryRun.status === 'approved') {
    return (
      <>
        {approve.error ? <Refusal error={approve.error} /> : null}
        <p className={styles['approved']} tabIndex={-1} ref={(line) => (approve.isSuccess ? line?.focus() : undefined)}>
          Approved by {actorWords(dryRun.approvedBy)} at {dryRun.approvedAt ? clockTime(dryRun.approvedAt) : '—'} UTC.{' '}
          <HouseLink href="/admin/jobs" className="link">
            Follow it under Jobs
          </HouseLink>
        </p>
      </>
    );
  }
  // What may go out by itself is applied beside the plan, playlist by playlist.
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
        You approve exactly this, by its hash <span className="mono">{dryRun.hash.slice(0, 12)}</span>. A playlist that somebody changes meanwhile is
        left alone.
      </p>
      {approve.error ? <Refusal error={approve.error} /> : null}
    </div>
  );
}
