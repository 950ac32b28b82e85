import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AlertView } from '#shared/contracts/alerts.ts';
import { clockTime, dayName, withDayNames } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { InlineError, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { AlertLevelIcon } from './alert-list.tsx';
import styles from './resolved-alerts.module.css';

const FIRST_SHOWN = 6;

/** Resolved alerts of the last 90 days: when each was opened, how long it lasted, and its action. */
export function ResolvedAlerts() {
  const incidents = useQuery(trpc.operations.alertHistory.queryOptions());
  const [isAll, setAll] = useState(false);
  const resolved = incidents.data?.filter((one) => one.closedAt !== null) ?? [];
  const shown = isAll ? resolved : resolved.slice(0, FIRST_SHOWN);
  return (
    <PageSection title="Resolved" note="Last 90 days">
      {incidents.isPending ? <RowsSkeleton rows={2} /> : null}
      {incidents.error ? <InlineError error={incidents.error} /> : null}
      {incidents.data && resolved.length === 0 ? (
        <p className={styles['calm']}>{incidents.data.length === 0 ? 'No alerts in the last 90 days.' : 'No resolved alerts in the last 90 days.'}</p>
      ) : null}
      <ul className={styles['list']}>
        {shown.map((one) => (
          <li key={one.id}>
            <AlertLevelIcon level={one.level} />
            <div>
              <b>{withDayNames(one.what)}</b>
              <p>{withDayNames(one.detail)}</p>
            </div>
            <div className={styles['when']}>
              <span>{durationText(one)}</span>
              {one.action ? (
                <AppLink href={one.action.href} className="link">
                  {one.action.label}
                </AppLink>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {shown.length < resolved.length ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {resolved.length - shown.length}
        </Button>
      ) : null}
    </PageSection>
  );
}

function durationText({ openedAt, closedAt }: AlertView): string {
  const from = `${dayName(openedAt)}, ${clockTime(openedAt)} UTC`;
  if (closedAt === null) return `Since ${from}`;
  const minutes = Math.max(1, Math.round((Date.parse(closedAt) - Date.parse(openedAt)) / 60_000));
  if (minutes < 90) return `${from}, for ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${from}, for ${hours} hours` : `${from}, for ${Math.round(hours / 24)} days`;
}
