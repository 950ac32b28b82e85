import { Link } from '@tanstack/react-router';
import type { BudgetView } from '#shared/contracts/accounts/accounts.ts';
import { clockTime, dayNameShort } from '#web/lib/dates.ts';
import { count, plural } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import styles from './accounts.module.css';

type Stop = BudgetView['refusals'][number];

const instant = (at: string) => `${dayNameShort(at)}, ${clockTime(at)}`;

const STOPS: readonly Column<Stop>[] = [
  { head: 'When (UTC)', cell: (stop) => instant(stop.at) },
  { head: 'What Spotify said', cell: (stop) => stop.why },
  { head: 'Silent until', cell: (stop) => instant(stop.until), numeric: true },
];

/** What was asked for one account in a day, and every time Spotify said stop. */
export function RequestsPart({ budget }: { readonly budget: BudgetView }) {
  const atMost = budget.perMinute === null ? '' : `; at most ${count(budget.perMinute)} a minute`;
  return (
    <Part
      title="Requests"
      note={
        <Link to="/admin/vendors" className="link">
          The whole app’s
        </Link>
      }
    >
      <div className={styles['requests']}>
        {budget.blockedUntil ? (
          <p>
            <StateText tone="soon">
              Silent until {instant(budget.blockedUntil)} UTC{budget.blockedWhy ? `: ${budget.blockedWhy}` : ''}
            </StateText>
          </p>
        ) : null}
        {budget.lastDay > 0 ? (
          <Histogram
            title="The last 24 hours"
            says={`${plural(budget.lastDay, 'request')} in a day, ${count(budget.lastHour)} of them in this hour${atMost}.`}
            along="Hour"
            series={['Requests']}
            points={budget.hours.map(({ hour, requests }) => ({ name: `${clockTime(hour)} UTC`, values: [requests] }))}
            format={count}
          />
        ) : (
          <p className="small muted">Nothing was asked for it in the last 24 hours{atMost}.</p>
        )}
        {budget.refusals.length > 0 ? (
          <DataTable caption="Times Spotify said stop" columns={STOPS} rows={budget.refusals} keyOf={(stop) => stop.at} />
        ) : (
          <p className="small muted">Spotify has not said stop in the last thirty days.</p>
        )}
      </div>
    </Part>
  );
}
