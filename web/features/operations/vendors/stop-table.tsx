import type { VendorView } from '#shared/contracts/operations/vendors.ts';
import { when } from '#web/lib/dates.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { lasted } from './vendor-words.ts';
import styles from './vendors.module.css';

type RateLimit = VendorView['latestStops'][number];

/** A vendor's latest rate limits: when, for what, why and how long. */
export function StopTable({ stops: limits, vendor, now }: { readonly stops: readonly RateLimit[]; readonly vendor: string; readonly now: string }) {
  const columns: readonly Column<RateLimit>[] = [
    { head: 'Time', cell: (limit) => when(limit.at, now.slice(0, 10)) },
    { head: 'Applies to', cell: (limit) => limit.what },
    { head: 'Reason', cell: (limit) => limit.why },
    { head: 'Duration', cell: (limit) => lasted(limit.at, limit.until), numeric: true },
  ];
  return (
    <div className={styles['limits']}>
      <DataTable caption={`Latest rate limits of ${vendor}`} columns={columns} rows={limits} keyOf={(limit) => `${limit.at} ${limit.what}`} />
    </div>
  );
}
