import { Link } from '@tanstack/react-router';
import type { TokenCalendarView } from '#shared/contracts/accounts/accounts.ts';
import { useState } from 'react';
import { dayName, dayNameShort } from '#web/lib/dates.ts';
import { count, inWords, listed, opening, plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { endWords } from './account-words.ts';
import { endsByWeek, fullestWeek } from './ends-by-week.ts';
import styles from './token-calendar.module.css';

/** Six months and a little: no permission lasts longer. */
const SPAN_DAYS = 186;
const DAY_MS = 86_400_000;
const LINE = 26;
const HEAD = 22;
/** With more accounts than this a line for each says less than how many end in each week; the soonest keep their lines. */
const LINES = 20;
const SOONEST = 12;
const ADVICE_SHOWN = 6;

/** When each permission ends, on one line of time; and which to renew early so that they do not end together. */
export function TokenCalendar({ calendar }: { readonly calendar: TokenCalendarView }) {
  const { accounts, advice } = calendar;
  const isMany = accounts.length > LINES;
  const soonest = isMany ? { ...calendar, accounts: accounts.filter(({ hasEnded }) => !hasEnded).slice(0, SOONEST) } : calendar;
  return (
    <Part title="When permissions end" note="Spotify asks every owner again after six months">
      <div className={styles['cols']}>
        <div className={styles['charts']}>
          {isMany ? <Weeks calendar={calendar} /> : null}
          <figure className={styles['chart']}>
            <div className={styles['rows']} role="img" aria-label={inASentence(calendar)}>
              <ol aria-hidden>
                {soonest.accounts.map((account) => (
                  <li key={account.id}>{account.displayName}</li>
                ))}
              </ol>
              <Timeline calendar={soonest} />
            </div>
            <figcaption>
              {inASentence(calendar)}
              {isMany ? ` Drawn are the ${inWords(SOONEST)} that end next; all stand in the table above.` : ''}
            </figcaption>
          </figure>
        </div>
        {advice.length > 0 ? <Advice advice={advice} /> : <p className={styles['calm']}>No two of them end in the same week.</p>}
      </div>
    </Part>
  );
}

/** Many permissions as a stock that melts: how many end in each week to come. */
function Weeks({ calendar: { accounts, today } }: { readonly calendar: TokenCalendarView }) {
  const weeks = endsByWeek(accounts, today);
  const fullest = fullestWeek(weeks);
  return (
    <Histogram
      title="Permissions that end, week by week"
      says={
        fullest ? `The week from ${dayName(fullest.from)} takes the most at once: ${count(fullest.ends)}.` : 'None of them ends within six months.'
      }
      along="Week"
      series={['Permissions']}
      points={weeks.map(({ from, ends }) => ({ name: `from ${dayNameShort(from)}`, values: [ends] }))}
      format={count}
    />
  );
}

function Timeline({ calendar: { accounts, advice, today } }: { readonly calendar: TokenCalendarView }) {
  const height = HEAD + accounts.length * LINE;
  return (
    <svg className={styles['time']} height={height} aria-hidden>
      {monthsFrom(today).map(({ days, name }) => (
        <g key={name}>
          <line x1={along(days)} x2={along(days)} y1={HEAD - 6} y2={height} className={styles['month']} />
          <text x={along(days)} dx={4} y={12} className={styles['monthName']}>
            {name}
          </text>
        </g>
      ))}
      {accounts.map((account, row) => {
        const y = HEAD + row * LINE + LINE / 2;
        const moved = advice.find(({ id }) => id === account.id);
        return (
          <g key={account.id} data-level={account.level ?? undefined} className={styles['account']}>
            <line x1="0" x2={along(account.daysLeft)} y1={y} y2={y} />
            <circle cx={along(account.daysLeft)} cy={y} r={4.5} data-crowded={moved ? true : undefined} />
          </g>
        );
      })}
    </svg>
  );
}

const along = (days: number) => `${(Math.min(SPAN_DAYS, Math.max(0, days)) / SPAN_DAYS) * 100}%`;

function Advice({ advice }: { readonly advice: TokenCalendarView['advice'] }) {
  const [isAll, setAll] = useState(false);
  return (
    <section className={styles['advice']} aria-label="Advice">
      <h3>
        {opening(inWords(advice.length))} {advice.length === 1 ? 'permission' : 'permissions'} would end in the same week as another.
      </h3>
      <ul>
        {(isAll ? advice : advice.slice(0, ADVICE_SHOWN)).map((one) => (
          <li key={one.id}>
            <span>
              <b>{one.displayName}</b>: reconnect {one.isNow ? 'today' : `on ${dayName(one.reconnectOn)}`}, and it ends on {dayName(one.wouldEndOn)}{' '}
              instead of {dayName(one.reauthOn)}.
            </span>
            {one.isNow ? (
              <Link
                to="/admin/accounts"
                search={{ account: one.id }}
                className={buttonClass('default', 'small')}
                aria-label={`Reconnect ${one.displayName}`}
              >
                Reconnect
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

function inASentence({ accounts, today }: TokenCalendarView): string {
  const ended = accounts.filter(({ hasEnded }) => hasEnded).map(({ displayName }) => displayName);
  const alive = accounts.filter(({ hasEnded }) => !hasEnded);
  const over =
    ended.length === 0
      ? ''
      : `The ${ended.length === 1 ? 'permission of' : 'permissions of'} ${namesOf(ended)} ${ended.length === 1 ? 'has' : 'have'} ended. `;
  const [first] = alive;
  if (!first) return over.trim();
  const firsts = alive.filter(({ reauthOn }) => reauthOn === first.reauthOn).map(({ displayName }) => displayName);
  return `${over}${namesOf(firsts)} ${firsts.length === 1 ? 'ends' : 'end'}${over ? ' next' : ' first'}: ${endWords(first.reauthOn, today)}.`;
}

const namesOf = (names: readonly string[]) => (names.length > 3 ? plural(names.length, 'account') : listed(names));

/** The first of each month within the span, by its distance from today. */
function monthsFrom(today: string): readonly { readonly days: number; readonly name: string }[] {
  const start = new Date(`${today}T00:00:00Z`);
  return Array.from({ length: 7 }, (_, at) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + at + 1, 1))
    .map((ms) => ({ days: Math.round((ms - start.getTime()) / DAY_MS), name: dayNameShort(new Date(ms).toISOString()).replace('1 ', '') }))
    .filter(({ days }) => days < SPAN_DAYS - 8);
}
