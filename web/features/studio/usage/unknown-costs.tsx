import { useMutation } from '@tanstack/react-query';
import type { UnknownCost } from '#shared/contracts/studio/usage.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { price } from '../money.ts';
import styles from './usage.module.css';

const COLUMNS: readonly Column<{ readonly cost: UnknownCost; readonly today: string }>[] = [
  { head: 'Model', cell: ({ cost }) => cost.model ?? cost.vendor },
  { head: 'Person', cell: ({ cost }) => cost.name ?? 'Operator and network' },
  { head: 'Requested', cell: ({ cost, today }) => dayAndTime(cost.at, today) },
  { head: 'Reserved', numeric: true, cell: ({ cost }) => price(cost.usdMicros) },
  { head: 'Actions', bare: true, cell: ({ cost }) => <DecideButtons cost={cost} /> },
];

/** Renders whose cost the vendor did not tell. They count against the limits until somebody decides from the vendor's bill. */
export function UnknownCosts({ costs, today }: { readonly costs: readonly UnknownCost[]; readonly today: string }) {
  const rows = costs.map((cost) => ({ cost, today }));
  return <DataTable caption="Costs to decide" rows={rows} keyOf={({ cost }) => cost.renderId} columns={COLUMNS} />;
}

function DecideButtons({ cost }: { readonly cost: UnknownCost }) {
  const decide = useMutation(
    trpc.generation.usage.decideCost.mutationOptions({ onSettled: () => void queryClient.invalidateQueries(trpc.generation.usage.pathFilter()) }),
  );
  const what = `${cost.model ?? cost.vendor}, ${price(cost.usdMicros)}`;
  return (
    <>
      <span className={styles['actions']}>
        <Button size="small" aria-label={`Was charged: ${what}`} onClick={() => decide.mutate({ renderId: cost.renderId, decision: 'charged' })}>
          Was charged
        </Button>
        <Button size="small" aria-label={`Was not charged: ${what}`} onClick={() => decide.mutate({ renderId: cost.renderId, decision: 'refunded' })}>
          Was not charged
        </Button>
      </span>
      {decide.error ? <InlineError error={decide.error} /> : null}
    </>
  );
}
