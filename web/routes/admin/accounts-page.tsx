import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { AccountDetail } from '#web/features/accounts/account-detail.tsx';
import { AccountTable } from '#web/features/accounts/account-table.tsx';
import { ACCOUNT_CHOICES, narrowAccounts } from '#web/features/accounts/account-filter.ts';
import { answerOf, connectHref } from '#web/features/accounts/account-words.ts';
import { ConnectProblem } from '#web/features/accounts/connect-problem.tsx';
import { TokenCalendar } from '#web/features/accounts/token-calendar.tsx';
import styles from '#web/features/accounts/accounts.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { Narrow } from '#web/ui/layout/narrow.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';

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
        title={rows ? answerOf(rows) : <TitleSkeleton width="14em" />}
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
        {rows && rows.length > 0 ? <Lenders accounts={rows} today={today} /> : null}
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
      {accounts.isPending ? <RowsSkeleton rows={8} /> : null}
    </>
  );
}

/** From so many on, one looks for an account rather than at all of them. */
const MANY = 10;
const NAMES = { ended: 'Must be connected again', ending: 'End within thirty days', limited: 'Held back', off: 'Switched off' } as const;

function Lenders({ accounts, today }: { readonly accounts: readonly AccountView[]; readonly today: string }) {
  const { find = '', only } = route.useSearch();
  const navigate = route.useNavigate();
  // Typing goes on while hundreds of rows are looked through.
  const sought = useDeferredValue(find);
  const shown = narrowAccounts(accounts, { find: sought, only });
  const table = <AccountTable accounts={shown} today={today} />;
  if (accounts.length < MANY && find === '' && only === undefined) return table;
  return (
    <div>
      <Narrow
        label="Name of an account"
        find={find}
        onFind={(next) => void navigate({ search: (now) => ({ ...now, find: next || undefined }), replace: true, resetScroll: false })}
        choices={[
          { key: undefined, name: 'All', count: count(accounts.length) },
          ...ACCOUNT_CHOICES.map((key) => ({ key, name: NAMES[key], count: count(narrowAccounts(accounts, { find: '', only: key }).length) })),
        ]}
        chosen={only}
        onChoose={(next) => void navigate({ search: (now) => ({ ...now, only: next }), resetScroll: false })}
        says={find || only ? `${plural(shown.length, 'account')} shown` : ''}
      />
      {shown.length > 0 ? table : <EmptyState title="No account is like that.">Try fewer letters, or choose All.</EmptyState>}
    </div>
  );
}
