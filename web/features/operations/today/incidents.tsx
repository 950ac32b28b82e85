import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AlertView } from '#shared/contracts/alerts.ts';
import { clockTime, dayName, withDayNames } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { HouseLink } from '#web/ui/controls/house-link.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { Refusal, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { LevelMark } from './broken.tsx';
import styles from './incidents.module.css';

const FIRST_SHOWN = 6;

/** What is over: when it began, how long it lasted, and what was to be done about it. */
export function Incidents() {
  const incidents = useQuery(trpc.admin.incidents.queryOptions());
  const [isAll, setAll] = useState(false);
  const over = incidents.data?.filter((one) => one.closedAt !== null) ?? [];
  const shown = isAll ? over : over.slice(0, FIRST_SHOWN);
  return (
    <Part title="What is over" note="the last ninety days">
      {incidents.isPending ? <RowsSkeleton rows={2} /> : null}
      {incidents.error ? <Refusal error={incidents.error} /> : null}
      {incidents.data && over.length === 0 ? <p className={styles['calm']}>Nothing has needed you before.</p> : null}
      <ul className={styles['list']}>
        {shown.map((one) => (
          <li key={one.id}>
            <LevelMark level={one.level} />
            <div>
              <b>{withDayNames(one.what)}</b>
              <p>{withDayNames(one.detail)}</p>
            </div>
            <div className={styles['when']}>
              <span>{span(one)}</span>
              {one.action ? (
                <HouseLink href={one.action.href} className="link">
                  {one.action.label}
                </HouseLink>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {shown.length < over.length ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {over.length - shown.length}
        </Button>
      ) : null}
    </Part>
  );
}

function span({ openedAt, closedAt }: AlertView): string {
  const from = `${dayName(openedAt)}, ${clockTime(openedAt)} UTC`;
  if (closedAt === null) return `since ${from}`;
  const minutes = Math.max(1, Math.round((Date.parse(closedAt) - Date.parse(openedAt)) / 60_000));
  if (minutes < 90) return `${from}, for ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${from}, for ${hours} hours` : `${from}, for ${Math.round(hours / 24)} days`;
}
