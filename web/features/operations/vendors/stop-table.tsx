import type { VendorView } from '#shared/contracts/operations/vendors.ts';
import { when } from '#web/lib/dates.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { lasted } from './vendor-words.ts';
import styles from './vendors.module.css';

type Stop = VendorView['latestStops'][number];

/** The latest times that a vendor said stop: when, to what, for how long. */
export function StopTable({ stops, vendor, now }: { readonly stops: readonly Stop[]; readonly vendor: string; readonly now: string }) {
  const columns: readonly Column<Stop>[] = [
    { head: 'Said stop', cell: (stop) => when(stop.at, now.slice(0, 10)) },
    { head: 'To', cell: (stop) => stop.what },
    { head: 'Because', cell: (stop) => stop.why },
    { head: 'For', cell: (stop) => lasted(stop.at, stop.until), numeric: true },
  ];
  return (
    <div className={styles['stops']}>
      <DataTable caption={`The latest times that ${vendor} said stop`} columns={columns} rows={stops} keyOf={(stop) => `${stop.at} ${stop.what}`} />
    </div>
  );
}
