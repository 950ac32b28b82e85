import type { UsageFigures } from '#shared/contracts/studio/usage-figures.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { count } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import styles from './usage.module.css';

type Failure = UsageFigures['failures'][number];

const COLUMNS: readonly Column<Failure>[] = [
  {
    head: 'Reason',
    cell: ({ vendor, reason }) => (
      <>
        {reason}
        <span className={styles['second']}>{STUDIO_VENDOR_NAMES[vendor]}</span>
      </>
    ),
  },
  { head: 'Renders', numeric: true, cell: ({ renders }) => count(renders) },
];

/** Why renders failed, the most frequent first. */
export function FailureList({ failures }: { readonly failures: readonly Failure[] }) {
  if (failures.length === 0) return <p className={styles['note']}>No render failed.</p>;
  return <DataTable caption="Failed renders" rows={failures} keyOf={({ vendor, reason }) => `${vendor} ${reason}`} columns={COLUMNS} />;
}
