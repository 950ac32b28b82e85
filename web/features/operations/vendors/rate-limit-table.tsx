import type { VendorView } from '#shared/contracts/operations/vendors.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { durationText } from './vendor-words.ts';
import styles from './vendors.module.css';

type RateLimit = VendorView['latestRateLimits'][number];

/** A vendor's latest rate limits: when, for what, why and how long. */
export function RateLimitTable({
  stops: limits,
  vendor,
  now,
}: {
  readonly stops: readonly RateLimit[];
  readonly vendor: string;
  readonly now: string;
}) {
  const columns: readonly Column<RateLimit>[] = [
    { head: 'Time', cell: (limit) => dayAndTime(limit.at, now.slice(0, 10)) },
    { head: 'Applies to', cell: (limit) => limit.what },
    { head: 'Reason', cell: (limit) => limit.why },
    { head: 'Duration', cell: (limit) => durationText(limit.at, limit.until), numeric: true },
  ];
  return (
    <div className={styles['limits']}>
      <DataTable caption={`Latest rate limits of ${vendor}`} columns={columns} rows={limits} keyOf={(limit) => `${limit.at} ${limit.what}`} />
    </div>
  );
}
