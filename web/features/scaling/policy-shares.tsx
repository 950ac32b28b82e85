import type { PolicyShare } from '#shared/contracts/scaling/scaling.ts';
import { count, plural } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';

const FIRST_SHOWN = 8;

/** What each policy's own pool carries, beside the lists that follow it; the tightest first. */
export function PolicyShares({ policies }: { readonly policies: readonly PolicyShare[] }) {
  const tightest = policies.toSorted((a, b) => b.daysShort - a.daysShort || a.policyName.localeCompare(b.policyName));
  return (
    <DataTable caption="Policies and what their pools carry" columns={COLUMNS} rows={tightest} keyOf={(row) => row.policyId} first={FIRST_SHOWN} />
  );
}

const COLUMNS: readonly Column<PolicyShare>[] = [
  { head: 'Policy', cell: (row) => row.policyName },
  { head: 'Its pool', cell: (row) => count(row.pool), numeric: true },
  { head: 'A playlist', cell: (row) => `${count(row.size)} × ${plural(row.restDays, 'day')}`, numeric: true },
  { head: 'Playlists', cell: (row) => count(row.lists), numeric: true },
  { head: 'Pool carries', cell: (row) => (row.carries === null ? 'any number' : count(row.carries)), numeric: true },
  {
    head: 'Room for more',
    cell: (row) => {
      if (row.daysShort > 0) return <StateText tone="soon">{`${plural(row.daysShort, 'day')} short of the rest`}</StateText>;
      if (row.carries === null) return <StateText tone="good">each playlist rests by itself</StateText>;
      if (row.carries === row.lists) return <StateText tone="good">none, just enough</StateText>;
      return <StateText tone="good">{count(row.carries - row.lists)}</StateText>;
    },
  },
];
