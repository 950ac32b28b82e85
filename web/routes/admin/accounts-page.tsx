import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountRow } from '#shared/contracts/views.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { dayName, daysBetween } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, inWords, opening } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { StateText } from '#web/ui/state-text.tsx';
import type { Tone } from '#web/ui/state-text.tsx';
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx';

const CONNECT = '/auth/spotify/connect?returnTo=/admin/accounts';
/** From here on an account is called out: time enough to reach its owner. */
const SOON_DAYS = 30;

const STATES: Readonly<Record<AccountStatus, { readonly tone: Tone; readonly name: string }>> = {
  active: { tone: 'good', name: 'carries playlists' },
  needs_reauth: { tone: 'bad', name: 'must sign in again' },
  limited: { tone: 'soon', name: 'held back by Spotify' },
  disabled: { tone: 'quiet', name: 'switched off' },
};

const COLUMNS: readonly Column<AccountRow>[] = [
  { head: 'Account', cell: (row) => row.displayName },
  { head: 'State', cell: (row) => <State row={row} /> },
  { head: 'Playlists', cell: (row) => `${count(row.playlists)} of ${count(row.maxPlaylists)}`, numeric: true },
  { head: 'Lent since', cell: (row) => dayName(row.authorizedAt) },
  { head: 'Must say yes again by', cell: (row) => <Deadline row={row} /> },
  {
    head: 'Reconnect',
    bare: true,
    numeric: true,
    cell: (row) => (
      <a className={buttonClass(row.status === 'needs_reauth' ? 'default' : 'quiet', 'small')} href={CONNECT}>
        Reconnect
      </a>
    ),
  },
];

/** The Spotify accounts that carry playlists, and until when each may. */
export function AccountsPage() {
  usePageTitle('Accounts');
  const accounts = useQuery(trpc.accounts.list.queryOptions());
  if (accounts.error && !accounts.data)
    return <ErrorState isPage error={accounts.error} what="The accounts cannot be shown." onRetry={() => void accounts.refetch()} />;
  const rows = accounts.data;
  return (
    <>
      <PageHead
        title={rows ? answer(rows) : <Skeleton width="14em" />}
        actions={
          <a className={buttonClass(rows?.length === 0 ? 'default' : 'primary')} href={CONNECT}>
            Connect an account
          </a>
        }
      >
        An account lends the network room for playlists. Spotify asks its owner again every six months; nothing else of theirs is touched.
      </PageHead>
      {rows && rows.length > 0 ? <DataTable caption="Accounts" columns={COLUMNS} rows={rows} keyOf={(row) => row.id} /> : null}
      {rows?.length === 0 ? (
        <EmptyState
          title="No account carries playlists yet."
          action={
            <a className={buttonClass('primary')} href={CONNECT}>
              Connect the first account
            </a>
          }
        >
          Sign in to Spotify with the account that should hold them; the next sync creates every playlist there, once.
        </EmptyState>
      ) : null}
      {accounts.isPending ? <Skeleton height="160px" /> : null}
    </>
  );
}

function State({ row }: { readonly row: AccountRow }) {
  const { tone, name } = STATES[row.status];
  return (
    <>
      <StateText tone={tone}>{name}</StateText>
      {row.statusReason ? <div className="small muted">{row.statusReason}</div> : null}
    </>
  );
}

function Deadline({ row }: { readonly row: AccountRow }) {
  const [now] = useState(() => new Date().toISOString());
  const left = daysBetween(now, row.reauthBy);
  const says = `${dayName(row.reauthBy)}${left >= 0 ? `, in ${count(left)} days` : ', which has passed'}`;
  return left <= SOON_DAYS ? <StateText tone={left < 0 ? 'bad' : 'soon'}>{says}</StateText> : <>{says}</>;
}

function answer(rows: readonly AccountRow[]): string {
  if (rows.length === 0) return 'Nobody lends the network an account yet.';
  const active = rows.filter((row) => row.status === 'active').length;
  const all = `${opening(inWords(rows.length))} ${rows.length === 1 ? 'account carries' : 'accounts carry'} the network.`;
  return active === rows.length ? all : `${opening(inWords(active))} of ${inWords(rows.length)} accounts can be written to.`;
}
