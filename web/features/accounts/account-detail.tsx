import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AccountDetailView, AccountView } from '#shared/contracts/accounts/accounts.ts';
import { dayName, dayNameFull } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, padIndex, plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';
import { EmptyState, ErrorState, InlineError, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { AccountStatusText } from './account-table.tsx';
import { connectHref, expiryText } from './account-words.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { LimitsForm } from './limits-form.tsx';
import { ReconnectLink } from './reconnect-link.tsx';
import { RequestsSection } from './requests-section.tsx';
import styles from './accounts.module.css';

type Replica = AccountDetailView['replicas'][number];

const REPLICA_STATUS: Readonly<Record<Replica['status'], string>> = { pending: 'Pending', live: 'Live', lost: 'Lost', retired: 'Retired' };

const COLUMNS: readonly Column<Replica>[] = [
  {
    head: 'Playlist',
    cell: (row) => (
      <Link to="/playlist/$index" params={{ index: String(row.index) }} className="link">
        {padIndex(row.index)} {row.themeTag}
      </Link>
    ),
  },
  { head: 'Status', cell: (row) => REPLICA_STATUS[row.status] },
  { head: 'Last synced', cell: (row) => (row.syncedDay ? dayName(row.syncedDay) : '—') },
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

/** One account: its status and limits, the actions on it, its request use, and the playlists it hosts. */
export function AccountDetail({ accountId, today }: { readonly accountId: string; readonly today: string }) {
  const detail = useQuery(trpc.playlistAdmin.accounts.detail.queryOptions({ accountId }));
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
        <ErrorState isPage error={detail.error} what="Can’t load this account." onRetry={() => void detail.refetch()} />
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
        Authorized by its owner on {dayNameFull(account.authorizedAt)}.{' '}
        <Link to="/accounts/$accountId" params={{ accountId: account.id }} className="link">
          Public page
        </Link>
      </PageHead>
      <div className={styles['parts']}>
        <div className={styles['two']}>
          <PageSection title="Overview">
            <dl className={styles['facts']}>
              <div>
                <dt>Status</dt>
                <dd>
                  <AccountStatusText account={account} />
                </dd>
              </div>
              <div>
                <dt>Authorization expires</dt>
                <dd>{account.status === 'needs_reauth' ? 'Expired or revoked' : expiryText(account.reauthBy.slice(0, 10), today)}</dd>
              </div>
              <div>
                <dt>Playlists</dt>
                <dd>
                  {count(account.playlists)} of {count(account.maxPlaylists)}
                </dd>
              </div>
              {missingScopes.length > 0 ? (
                <div>
                  <dt>Missing scopes</dt>
                  <dd>{missingScopes.join(', ')}</dd>
                </div>
              ) : null}
            </dl>
            <LimitsForm key={`${account.maxPlaylists}|${account.requestsPerMinute ?? ''}`} account={account} />
          </PageSection>
          <Actions account={account} />
        </div>
        <RequestsSection budget={budget} />
        <PageSection title="Playlists" note={plural(replicas.length, 'playlist')}>
          {replicas.length > 0 ? (
            <DataTable caption="Playlists on this account" columns={COLUMNS} rows={replicas} keyOf={(row) => row.index} />
          ) : (
            <EmptyState title="No playlists yet.">The next scaling plan or sync adds playlists, up to the account’s limit.</EmptyState>
          )}
        </PageSection>
      </div>
    </>
  );
}

function Actions({ account }: { readonly account: AccountView }) {
  const [isDisconnecting, setDisconnecting] = useState(false);
  const navigate = useNavigate();
  const toggle = useMutation(
    trpc.playlistAdmin.accounts.switch.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.playlistAdmin.accounts.pathFilter()),
    }),
  );
  const isOff = account.status === 'disabled';
  const close = (isDisconnected: boolean) => {
    setDisconnecting(false);
    if (!isDisconnected) return;
    // The cached lists still contain the account.
    for (const cached of [trpc.playlistAdmin.accounts.list, trpc.playlistAdmin.accounts.tokenCalendar])
      queryClient.removeQueries(cached.pathFilter());
    void navigate({ to: '/admin/accounts', search: {} });
  };
  return (
    <PageSection title="Actions">
      <ReconnectLink account={account} />
      <div className={styles['action']}>
        <div>
          <h3>Re-authorize it yourself</h3>
          <p>Sign in to Spotify as {account.displayName}. Any other Spotify account is refused.</p>
        </div>
        <a className={buttonClass()} href={connectHref(account.id)}>
          Continue to Spotify
        </a>
      </div>
      <div className={styles['action']}>
        <div>
          <h3>{isOff ? 'Turn the account on' : 'Turn the account off'}</h3>
          <p>
            {isOff
              ? 'Segue writes to it again from the next sync on.'
              : 'Segue sends no requests for it until you turn it on again. Its tokens stay stored.'}
          </p>
        </div>
        <Button working={toggle.isPending ? 'Saving…' : false} onClick={() => toggle.mutate({ accountId: account.id, isEnabled: isOff })}>
          {isOff ? 'Turn on account' : 'Turn off account'}
        </Button>
        {toggle.error ? <InlineError error={toggle.error} /> : null}
      </div>
      <div className={styles['action']}>
        <div>
          <h3>Disconnect the account</h3>
          <p>Deletes its tokens and personal data. You see exactly what before anything is deleted.</p>
        </div>
        <Button onClick={() => setDisconnecting(true)}>Disconnect…</Button>
      </div>
      {isDisconnecting ? <DisconnectDialog account={account} onClose={close} /> : null}
    </PageSection>
  );
}
