import { Link } from '@tanstack/react-router';
import type { BudgetView } from '#shared/contracts/accounts/accounts.ts';
import { clockTime, dayNameShort } from '#web/lib/dates.ts';
import { count, plural } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import styles from './accounts.module.css';

type RateLimit = BudgetView['rateLimits'][number];

const instant = (at: string) => `${dayNameShort(at)}, ${clockTime(at)}`;

const RATE_LIMIT_COLUMNS: readonly Column<RateLimit>[] = [
  { head: 'Time (UTC)', cell: (limit) => instant(limit.at) },
  { head: 'Reason', cell: (limit) => limit.why },
  { head: 'Paused until', cell: (limit) => instant(limit.until), numeric: true },
];

/** The requests sent for one account in the last 24 hours, and Spotify's rate limits of the last 30 days. */
export function RequestsSection({ budget }: { readonly budget: BudgetView }) {
  const limitText = budget.perMinute === null ? '' : ` Limit: ${count(budget.perMinute)} per minute.`;
  return (
    <PageSection
      title="Requests"
      note={
        <Link to="/admin/vendors" className="link">
          Requests of all accounts
        </Link>
      }
    >
      <div className={styles['requests']}>
        {budget.blockedUntil ? (
          <p>
            <StatusText tone="soon">
              Paused until {instant(budget.blockedUntil)} UTC{budget.blockedReason ? `: ${budget.blockedReason}` : ''}
            </StatusText>
          </p>
        ) : null}
        {budget.lastDay > 0 ? (
          <Histogram
            title="Last 24 hours"
            summary={`${plural(budget.lastDay, 'request')} in 24 hours, ${count(budget.lastHour)} in the current hour.${limitText}`}
            axisName="Hour"
            series={['Requests']}
            points={budget.hours.map(({ hour, requests }) => ({ name: `${clockTime(hour)} UTC`, values: [requests] }))}
            format={count}
          />
        ) : (
          <p className="small muted">No requests in the last 24 hours.{limitText}</p>
        )}
        {budget.rateLimits.length > 0 ? (
          <DataTable caption="Rate limits" columns={RATE_LIMIT_COLUMNS} rows={budget.rateLimits} keyOf={(limit) => limit.at} />
        ) : (
          <p className="small muted">No rate limits in the last 30 days.</p>
        )}
      </div>
    </PageSection>
  );
}
