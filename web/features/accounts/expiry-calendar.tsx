import { Link } from '@tanstack/react-router';
import type { TokenCalendarView } from '#shared/contracts/accounts/accounts.ts';
import { useState } from 'react';
import { dayName, dayNameShort } from '#web/lib/dates.ts';
import { count, numberInWords, joinNames, capitalize, plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { expiryText } from './account-words.ts';
import { expiriesByWeek, busiestWeek } from './expiries-by-week.ts';
import styles from './expiry-calendar.module.css';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** Days on the time axis: slightly over six months, the longest an authorization lasts. */
const SPAN_DAYS = 186;
const ROW_PX = 26;
const HEADER_PX = 22;
/** With more accounts than this, a histogram of expiries per week is shown, and only the accounts that expire soonest keep their own row. */
const ROWS_MAX = 20;
const SOONEST_SHOWN = 12;
const ADVICE_SHOWN = 6;

/** When each authorization expires, on one time axis, and which to renew early so that no two expire in the same week. */
export function ExpiryCalendar({ calendar }: { readonly calendar: TokenCalendarView }) {
  const { accounts, advice } = calendar;
  const isMany = accounts.length > ROWS_MAX;
  const soonest = isMany ? { ...calendar, accounts: accounts.filter(({ hasExpired: hasEnded }) => !hasEnded).slice(0, SOONEST_SHOWN) } : calendar;
  return (
    <PageSection title="Authorization expiry" note="Each owner re-authorizes every six months">
      <div className={styles['cols']}>
        <div className={styles['charts']}>
          {isMany ? <Weeks calendar={calendar} /> : null}
          <figure className={styles['chart']}>
            <div className={styles['rows']} role="img" aria-label={summarize(calendar)}>
              <ol aria-hidden>
                {soonest.accounts.map((account) => (
                  <li key={account.id}>{account.displayName}</li>
                ))}
              </ol>
              <Timeline calendar={soonest} />
            </div>
            <figcaption>
              {summarize(calendar)}
              {isMany ? ` The chart shows the ${numberInWords(SOONEST_SHOWN)} that expire next; the table above lists all.` : ''}
            </figcaption>
          </figure>
        </div>
        {advice.length > 0 ? <Advice advice={advice} /> : <p className={styles['calm']}>No two authorizations expire in the same week.</p>}
      </div>
    </PageSection>
  );
}

/** How many authorizations expire in each coming week. */
function Weeks({ calendar: { accounts, today } }: { readonly calendar: TokenCalendarView }) {
  const weeks = expiriesByWeek(accounts, today);
  const busiest = busiestWeek(weeks);
  return (
    <Histogram
      title="Authorizations expiring per week"
      summary={busiest ? `Busiest week: from ${dayName(busiest.from)}, ${count(busiest.expiries)} expire.` : 'None expires within six months.'}
      axisName="Week"
      series={['Authorizations']}
      points={weeks.map(({ from, expiries: ends }) => ({ name: `From ${dayNameShort(from)}`, values: [ends] }))}
      format={count}
    />
  );
}

function Timeline({ calendar: { accounts, advice, today } }: { readonly calendar: TokenCalendarView }) {
  const height = HEADER_PX + accounts.length * ROW_PX;
  return (
    <svg className={styles['time']} height={height} aria-hidden>
      {monthsFrom(today).map(({ days, name }) => (
        <g key={name}>
          <line x1={positionOf(days)} x2={positionOf(days)} y1={HEADER_PX - 6} y2={height} className={styles['month']} />
          <text x={positionOf(days)} dx={4} y={12} className={styles['monthName']}>
            {name}
          </text>
        </g>
      ))}
      {accounts.map((account, row) => {
        const y = HEADER_PX + row * ROW_PX + ROW_PX / 2;
        const advised = advice.find(({ id }) => id === account.id);
        return (
          <g key={account.id} data-level={account.level ?? undefined} className={styles['account']}>
            <line x1="0" x2={positionOf(account.daysLeft)} y1={y} y2={y} />
            <circle cx={positionOf(account.daysLeft)} cy={y} r={4.5} data-crowded={advised ? true : undefined} />
          </g>
        );
      })}
    </svg>
  );
}

const positionOf = (days: number) => `${(Math.min(SPAN_DAYS, Math.max(0, days)) / SPAN_DAYS) * 100}%`;

function Advice({ advice }: { readonly advice: TokenCalendarView['advice'] }) {
  const [isAll, setAll] = useState(false);
  return (
    <section className={styles['advice']} aria-label="Advice">
      <h3>
        {capitalize(numberInWords(advice.length))} {advice.length === 1 ? 'authorization expires' : 'authorizations expire'} in the same week as
        another.
      </h3>
      <ul>
        {(isAll ? advice : advice.slice(0, ADVICE_SHOWN)).map((one) => (
          <li key={one.id}>
            <span>
              <b>{one.displayName}</b>: re-authorize {one.isNow ? 'today' : `on ${dayName(one.reconnectOn)}`} to move the expiry to{' '}
              {dayName(one.wouldExpireOn)} from {dayName(one.reauthOn)}.
            </span>
            {one.isNow ? (
              <Link
                to="/admin/accounts"
                search={{ account: one.id }}
                className={buttonClass('default', 'small')}
                aria-label={`Re-authorize ${one.displayName}`}
              >
                Re-authorize
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
      {!isAll && advice.length > ADVICE_SHOWN ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {count(advice.length - ADVICE_SHOWN)}
        </Button>
      ) : null}
    </section>
  );
}

function summarize({ accounts, today }: TokenCalendarView): string {
  const expired = accounts.filter(({ hasExpired: hasEnded }) => hasEnded).map(({ displayName }) => displayName);
  const valid = accounts.filter(({ hasExpired: hasEnded }) => !hasEnded);
  const expiredText = expired.length === 0 ? '' : `Expired: ${namesOf(expired)}. `;
  const [first] = valid;
  if (!first) return expiredText.trim();
  const firstNames = valid.filter(({ reauthOn }) => reauthOn === first.reauthOn).map(({ displayName }) => displayName);
  return `${expiredText}Next to expire: ${namesOf(firstNames)} on ${expiryText(first.reauthOn, today)}.`;
}

const namesOf = (names: readonly string[]) => (names.length > 3 ? plural(names.length, 'account') : joinNames(names));

/** The first day of each month on the time axis, with its distance from today in days. */
function monthsFrom(today: string): readonly { readonly days: number; readonly name: string }[] {
  const start = new Date(`${today}T00:00:00Z`);
  return Array.from({ length: 7 }, (_, at) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + at + 1, 1))
    .map((ms) => ({ days: Math.round((ms - start.getTime()) / DAY_MS), name: dayNameShort(new Date(ms).toISOString()).replace('1 ', '') }))
    .filter(({ days }) => days < SPAN_DAYS - 8);
}
