import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AccountDetailView, AccountView } from '#shared/contracts/accounts/accounts.ts';
import { dayName, dayNameFull } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, ordinal, plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { PageHead, Part } from '#web/ui/layout/page-head.tsx';
import { EmptyState, ErrorState, Refusal, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { AccountState } from './account-table.tsx';
import { connectHref, endWords } from './account-words.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { LimitsForm } from './limits-form.tsx';
import { ReconnectLink } from './reconnect-link.tsx';
import { RequestsPart } from './requests-part.tsx';
import styles from './accounts.module.css';

type Carried = AccountDetailView['replicas'][number];

const CARRIED: readonly Column<Carried>[] = [
  {
    head: 'Playlist',
    cell: (row) => (
      <Link to="/playlist/$index" params={{ index: String(row.index) }} className="link">
        {ordinal(row.index)} {row.themeTag}
      </Link>
    ),
  },
  { head: 'State', cell: (row) => row.status },
  { head: 'Last written', cell: (row) => (row.syncedDay ? dayName(row.syncedDay) : '—') },
  {
    head: 'On Spotify',
    bare: true,
    numeric: true,
    cell: (row) =>
      row.spotifyUrl ? (
        <a className="link" href={row.spotifyUrl} target="_blank" rel="noreferrer" aria-label={`Open on Spotify: ${row.themeTag}`}>
          Open on Spotify
        </a>
      ) : null,
  },
];

/** One account: how it stands, what can be done about it, what was asked for it, what it carries. */
export function AccountDetail({ accountId, today }: { readonly accountId: string; readonly today: string }) {
  const detail = useQuery(trpc.accounts.detail.queryOptions({ accountId }));
  const back = (
    <p className={styles['back']}>
      <Link to="/admin/accounts" search={{}} className="link">
        All accounts
      </Link>
    </p>
  );
  if (detail.data) {
    return (
      <>
        {back}
        <Detail detail={detail.data} today={today} />
      </>
    );
  }
  if (detail.error) {
    return (
      <>
        {back}
        <ErrorState isPage error={detail.error} what="This account cannot be shown." onRetry={() => void detail.refetch()} />
      </>
    );
  }
  return (
    <div aria-busy>
      {back}
      <PageHead title={<TitleSkeleton width="10em" />} />
      <Skeleton height="420px" />
    </div>
  );
}

function Detail({ detail, today }: { readonly detail: AccountDetailView; readonly today: string }) {
  const { account, budget, replicas, missingScopes } = detail;
  return (
    <>
      <PageHead title={account.displayName}>
        Its owner agreed on {dayNameFull(account.authorizedAt)}. Everybody may see{' '}
        <Link to="/accounts/$accountId" params={{ accountId: account.id }} className="link">
          what it carries
        </Link>
        .
      </PageHead>
      <div className={styles['parts']}>
        <div className={styles['two']}>
          <Part title="How it stands">
            <dl className={styles['facts']}>
              <div>
                <dt>State</dt>
                <dd>
                  <AccountState account={account} />
                </dd>
              </div>
              <div>
                <dt>Permission ends</dt>
                <dd>{account.status === 'needs_reauth' ? 'it has ended' : endWords(account.reauthBy.slice(0, 10), today)}</dd>
              </div>
              <div>
                <dt>Playlists</dt>
                <dd>
                  {count(account.playlists)} of {count(account.maxPlaylists)}
                </dd>
              </div>
              {missingScopes.length > 0 ? (
                <div>
                  <dt>Not permitted</dt>
                  <dd>{missingScopes.join(', ')}</dd>
                </div>
              ) : null}
            </dl>
            <LimitsForm key={`${account.maxPlaylists}|${account.requestsPerMinute ?? ''}`} account={account} />
          </Part>
          <Deeds account={account} />
        </div>
        <RequestsPart budget={budget} />
        <Part title="What it carries" note={plural(replicas.length, 'playlist')}>
          {replicas.length > 0 ? (
            <DataTable caption="Playlists on this account" columns={CARRIED} rows={replicas} keyOf={(row) => row.index} />
          ) : (
            <EmptyState title="It carries nothing yet.">The next scaling plan or sync gives it playlists, as far as it has room.</EmptyState>
          )}
        </Part>
      </div>
    </>
  );
}

function Deeds({ account }: { readonly account: AccountView }) {
  const [isLeaving, setLeaving] = useState(false);
  const navigate = useNavigate();
  const flip = useMutation(trpc.accounts.switch.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.accounts.pathFilter()) }));
  const isOff = account.status === 'disabled';
  const close = (isGone: boolean) => {
    setLeaving(false);
    if (!isGone) return;
    // What the list remembers still has the account in it.
    for (const remembered of [trpc.accounts.list, trpc.accounts.tokenCalendar]) queryClient.removeQueries(remembered.pathFilter());
    void navigate({ to: '/admin/accounts', search: {} });
  };
  return (
    <Part title="What you can do">
      <ReconnectLink account={account} />
      <div className={styles['deed']}>
        <div>
          <h3>Reconnect it yourself</h3>
          <p>Where you can sign in to Spotify as {account.displayName}. Anybody else is refused.</p>
        </div>
        <a className={buttonClass()} href={connectHref(account.id)}>
          Go to Spotify
        </a>
      </div>
      <div className={styles['deed']}>
        <div>
          <h3>{isOff ? 'Switch it on' : 'Switch it off'}</h3>
          <p>
            {isOff
              ? 'It is written to again with the next sync.'
              : 'Nothing is written to it or asked for it until you switch it on; its tokens are kept.'}
          </p>
        </div>
        <Button working={flip.isPending ? 'A moment…' : false} onClick={() => flip.mutate({ accountId: account.id, isOn: isOff })}>
          {isOff ? 'Switch on' : 'Switch off'}
        </Button>
        {flip.error ? <Refusal error={flip.error} /> : null}
      </div>
      <div className={styles['deed']}>
        <div>
          <h3>Disconnect it</h3>
          <p>Forgets its tokens and everything personal. You see what before anything happens.</p>
        </div>
        <Button onClick={() => setLeaving(true)}>Disconnect…</Button>
      </div>
      {isLeaving ? <DisconnectDialog account={account} onClose={close} /> : null}
    </Part>
  );
}
