import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { AccountDetail } from '#web/features/accounts/account-detail.tsx';
import { AccountTable } from '#web/features/accounts/account-table.tsx';
import { ACCOUNT_FILTERS, filterAccounts } from '#web/features/accounts/account-filter.ts';
import { accountsHeadline, connectHref } from '#web/features/accounts/account-words.ts';
import { ConnectProblem } from '#web/features/accounts/connect-problem.tsx';
import { ExpiryCalendar } from '#web/features/accounts/expiry-calendar.tsx';
import styles from '#web/features/accounts/accounts.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { ListFilter } from '#web/ui/layout/list-filter.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';

const route = getRouteApi('/admin/accounts');

/** The Spotify accounts that host playlists and when their authorizations expire, or the details of one account. */
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
  const accounts = useQuery(trpc.playlistAdmin.accounts.list.queryOptions());
  const calendar = useQuery(trpc.playlistAdmin.accounts.tokenCalendar.queryOptions());
  if (accounts.error && !accounts.data)
    return <ErrorState isPage error={accounts.error} what="Can’t load the accounts." onRetry={() => void accounts.refetch()} />;
  const rows = accounts.data;
  return (
    <>
      <PageHead
        title={rows ? accountsHeadline(rows) : <TitleSkeleton width="14em" />}
        actions={
          rows?.length === 0 ? null : (
            <a className={buttonClass('primary')} href={connectHref()}>
              Connect an account
            </a>
          )
        }
      >
        Playlists live on these Spotify accounts. Each owner re-authorizes every six months. Segue changes nothing else in the account.
      </PageHead>
      <div className={styles['parts']}>
        {rows && rows.length > 0 ? <AccountList accounts={rows} today={today} /> : null}
        {rows && rows.length > 0 && calendar.data ? <ExpiryCalendar calendar={calendar.data} /> : null}
        {rows && rows.length > 0 && calendar.error ? (
          <ErrorState error={calendar.error} what="Can’t load the authorization expiry dates." onRetry={() => void calendar.refetch()} />
        ) : null}
      </div>
      {rows?.length === 0 ? (
        <EmptyState
          title="No accounts yet."
          action={
            <a className={buttonClass('primary')} href={connectHref()}>
              Connect the first account
            </a>
          }
        >
          Sign in to Spotify with the account that will host the playlists. The next sync creates each playlist there once.
        </EmptyState>
      ) : null}
      {accounts.isPending ? <RowsSkeleton rows={8} /> : null}
    </>
  );
}

/** From this many accounts on, the search and the filters are shown. */
const FILTER_MIN = 10;
const FILTER_NAMES = { ended: 'Needs re-authorization', ending: 'Expires within 30 days', limited: 'Rate limited', off: 'Turned off' } as const;

function AccountList({ accounts, today }: { readonly accounts: readonly AccountView[]; readonly today: string }) {
  const { find = '', only } = route.useSearch();
  const navigate = route.useNavigate();
  // Deferred, so that typing stays responsive while hundreds of rows are filtered.
  const deferredFind = useDeferredValue(find);
  const shown = filterAccounts(accounts, { find: deferredFind, only });
  const table = <AccountTable accounts={shown} today={today} />;
  if (accounts.length < FILTER_MIN && find === '' && only === undefined) return table;
  return (
    <div>
      <ListFilter
        label="Account name"
        query={find}
        onQueryChange={(next) => void navigate({ search: (now) => ({ ...now, find: next || undefined }), replace: true, resetScroll: false })}
        choices={[
          { key: undefined, name: 'All', count: count(accounts.length) },
          ...ACCOUNT_FILTERS.map((key) => ({ key, name: FILTER_NAMES[key], count: count(filterAccounts(accounts, { find: '', only: key }).length) })),
        ]}
        chosen={only}
        onChoose={(next) => void navigate({ search: (now) => ({ ...now, only: next }), resetScroll: false })}
        status={find || only ? `${plural(shown.length, 'account')} shown` : ''}
      />
      {shown.length > 0 ? table : <EmptyState title="No matching accounts.">Try fewer letters, or choose All.</EmptyState>}
    </div>
  );
}
