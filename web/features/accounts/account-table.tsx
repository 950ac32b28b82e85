import { Link } from '@tanstack/react-router';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { count } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { expiryText, needsOperator, accountStatusText } from './account-words.ts';

interface Row {
  readonly account: AccountView;
  readonly today: string;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    head: 'Account',
    width: '26%',
    cell: ({ account }) => (
      <Link to="/admin/accounts" search={{ account: account.id }} className="link">
        {account.displayName}
      </Link>
    ),
  },
  { head: 'Status', width: '28%', cell: ({ account }) => <AccountStatusText account={account} /> },
  { head: 'Playlists', cell: ({ account }) => `${count(account.playlists)} of ${count(account.maxPlaylists)}`, numeric: true },
  { head: 'Authorization expires', cell: (row) => <Expiry {...row} /> },
  {
    head: 'Open',
    bare: true,
    numeric: true,
    cell: ({ account }) => (
      <Link
        to="/admin/accounts"
        search={{ account: account.id }}
        aria-label={`${needsOperator(account) ? 'Re-authorize' : 'Open'} ${account.displayName}`}
        className={buttonClass(needsOperator(account) ? 'default' : 'quiet', 'small')}
      >
        {needsOperator(account) ? 'Re-authorize' : 'Open'}
      </Link>
    ),
  },
];

/** Every account with its status, its number of playlists and the expiry of its authorization. */
export function AccountTable({ accounts, today }: { readonly accounts: readonly AccountView[]; readonly today: string }) {
  const rows = accounts.map((account) => ({ account, today }));
  return <DataTable caption="Accounts" columns={COLUMNS} rows={rows} keyOf={({ account }) => account.id} />;
}

/** An account's status as an icon and words, with the reason below. */
export function AccountStatusText({ account }: { readonly account: AccountView }) {
  const { tone, name } = accountStatusText(account);
  return (
    <>
      <StatusText tone={tone}>{name}</StatusText>
      {account.statusReason ? <div className="small muted">{account.statusReason}</div> : null}
    </>
  );
}

function Expiry({ account, today }: Row) {
  if (account.status === 'needs_reauth') return <span className="muted">Expired or revoked</span>;
  const expiry = expiryText(account.reauthBy.slice(0, 10), today);
  const { reauthStep } = account;
  return reauthStep === null ? expiry : <StatusText tone={reauthStep <= 3 ? 'bad' : 'soon'}>{expiry}</StatusText>;
}
