import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { clockTime } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { changeLine } from './plan-words.ts';

const FIRST_SHOWN = 6;

const COLUMNS: readonly Column<SyncPlanView>[] = [
  { head: 'Playlist', cell: (plan) => plan.themeTag },
  { head: 'Account', cell: (plan) => plan.account },
  { head: 'Changes', cell: (plan) => changeLine(plan) },
  { head: 'Verified', cell: (plan) => <Verified plan={plan} /> },
  { head: 'Spotify version', cell: (plan) => <Version plan={plan} />, numeric: true },
];

/** The receipts of applied plans: what Spotify showed when it was read back. */
export function Receipts({ plans }: { readonly plans: readonly SyncPlanView[] }) {
  const [isAll, setAll] = useState(false);
  const applied = plans.filter((plan) => plan.status === 'applied' && plan.appliedAt !== null);
  if (applied.length === 0) return null;
  const shown = isAll ? applied : applied.slice(0, FIRST_SHOWN);
  const requests = applied.reduce((sum, plan) => sum + plan.cost.reads + plan.cost.writes, 0);
  const rest = applied.length - shown.length;
  return (
    <Receipt
      title="Receipt"
      note={<StatusText tone="good">{`${count(applied.length)} applied, ${count(applied.length)} verified`}</StatusText>}
      foot={
        <>
          <span>{plural(requests, 'request')}, as planned</span>
          {rest > 0 ? <Button onClick={() => setAll(true)}>Show {plural(rest, 'more receipt')}</Button> : null}
        </>
      }
    >
      <DataTable caption="Receipts" columns={COLUMNS} rows={shown} keyOf={(plan) => plan.id} />
    </Receipt>
  );
}

/** Refetched when the row appears, because the cached plan may have no receipt yet. */
function useReceipt(plan: SyncPlanView) {
  const detail = useQuery(trpc.playlistAdmin.sync.detail.queryOptions({ planId: plan.id }, { refetchOnMount: 'always' }));
  return detail.data?.operations.flatMap((operation) => (operation.receipt ? [operation.receipt] : [])) ?? [];
}

function Verified({ plan }: { readonly plan: SyncPlanView }) {
  const items = useReceipt(plan).findLast((receipt) => receipt.itemCount !== null);
  const at = items?.readBackAt ?? plan.appliedAt;
  return (
    <>
      {at ? `${clockTime(at)} UTC` : ''}
      {items ? ` · ${plural(items.itemCount ?? 0, 'track')} match` : ''}
    </>
  );
}

function Version({ plan }: { readonly plan: SyncPlanView }) {
  const version = useReceipt(plan).findLast((receipt) => receipt.snapshotId !== null)?.snapshotId;
  if (!version) return <>—</>;
  return (
    <span className="mono" title={version}>
      {version.length > 10 ? `${version.slice(0, 4)}…${version.slice(-4)}` : version}
    </span>
  );
}
