import type { PolicyShare } from '#shared/contracts/scaling/scaling.ts';
import { count, plural } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';

const FIRST_SHOWN = 8;

/** For each policy: its pool, its playlists, and how many playlists the pool can fill. The tightest comes first. */
export function PolicyCapacityTable({ policies }: { readonly policies: readonly PolicyShare[] }) {
  const tightest = policies.toSorted((a, b) => b.daysShort - a.daysShort || a.policyName.localeCompare(b.policyName));
  return <DataTable caption="Capacity per policy" columns={COLUMNS} rows={tightest} keyOf={(row) => row.policyId} first={FIRST_SHOWN} />;
}

const COLUMNS: readonly Column<PolicyShare>[] = [
  { head: 'Policy', cell: (row) => row.policyName },
  { head: 'Pool', cell: (row) => count(row.pool), numeric: true },
  { head: 'Size × repeat window', cell: (row) => `${count(row.size)} × ${plural(row.restDays, 'day')}`, numeric: true },
  { head: 'Playlists', cell: (row) => count(row.lists), numeric: true },
  { head: 'Pool can fill', cell: (row) => (row.carries === null ? 'No limit' : count(row.carries)), numeric: true },
  {
    head: 'Room for more',
    cell: (row) => {
      if (row.daysShort > 0) return <StatusText tone="soon">{`Repeat window ${plural(row.daysShort, 'day')} short`}</StatusText>;
      if (row.carries === null) return <StatusText tone="good">Repeat window per playlist</StatusText>;
      if (row.carries === row.lists) return <StatusText tone="good">None, exactly enough</StatusText>;
      return <StatusText tone="good">{count(row.carries - row.lists)}</StatusText>;
    },
  },
];
