import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { AccountDetail } from '#web/features/accounts/account-detail.tsx';
import { AccountTable } from '#web/features/accounts/account-table.tsx';
import { answerOf, connectHref } from '#web/features/accounts/account-words.ts';
import { ConnectProblem } from '#web/features/accounts/connect-problem.tsx';
import { TokenCalendar } from '#web/features/accounts/token-calendar.tsx';
import styles from '#web/features/accounts/accounts.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx';

const route = getRouteApi('/admin/accounts');

/** The Spotify accounts that carry playlists, until when each may, and one of them in full. */
export function AccountsPage() {
  usePageTitle('Accounts');
  const { account, problem, note } = route.useSearch();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  return (
    <>
      {problem ? <ConnectProblem problem={problem} note={note} /> : null}
      {account ? <AccountDetail accountId={account} today={today} /> : <Accounts today={today} />}
    </>
  );
}

function Accounts({ today }: { readonly today: string }) {
  const accounts = useQuery(trpc.accounts.list.queryOptions());
  const calendar = useQuery(trpc.accounts.tokenCalendar.queryOptions());
  if (accounts.error && !accounts.data)
    return <ErrorState isPage error={accounts.error} what="The accounts cannot be shown." onRetry={() => void accounts.refetch()} />;
  const rows = accounts.data;
  return (
    <>
      <PageHead
        title={rows ? answerOf(rows) : <Skeleton width="14em" />}
        actions={
          rows?.length === 0 ? null : (
            <a className={buttonClass('primary')} href={connectHref()}>
              Connect an account
            </a>
          )
        }
      >
        An account lends the network room for playlists. Spotify asks its owner again every six months; nothing else of theirs is touched.
      </PageHead>
      <div className={styles['parts']}>
        {rows && rows.length > 0 ? <AccountTable accounts={rows} today={today} /> : null}
        {rows && rows.length > 0 && calendar.data ? <TokenCalendar calendar={calendar.data} /> : null}
        {rows && rows.length > 0 && calendar.error ? (
          <ErrorState error={calendar.error} what="The calendar cannot be shown." onRetry={() => void calendar.refetch()} />
        ) : null}
      </div>
      {rows?.length === 0 ? (
        <EmptyState
          title="No account carries playlists yet."
          action={
            <a className={buttonClass('primary')} href={connectHref()}>
              Connect the first account
            </a>
          }
        >
          Sign in to Spotify with the account that should hold them; the next sync creates every playlist there, once.
        </EmptyState>
      ) : null}
      {accounts.isPending ? <Skeleton height="320px" /> : null}
    </>
  );
}
