import { CaretDown } from '@phosphor-icons/react/CaretDown';
import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { Warning } from '@phosphor-icons/react/Warning';
import { Info } from '@phosphor-icons/react/Info';
import { XCircle } from '@phosphor-icons/react/XCircle';
import { useId, useState } from 'react';
import type { Alert } from '#shared/contracts/alerts.ts';
import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import type { AlertLevel } from '#shared/vocabulary.ts';
import { withDayNames } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import type { ButtonLook } from '#web/ui/controls/button.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { groupAlerts } from './alert-groups.ts';
import type { AlertGroup } from './alert-groups.ts';
import styles from './alert-list.module.css';

const FIRST_SHOWN = 6;

/** Open alerts, worst first, each with its action. Many of one kind are one line. Only the first single critical alert has the primary button. */
export function AlertList({ alerts }: { readonly alerts: OverviewView['alerts'] }) {
  const [isAll, setAll] = useState(false);
  if (alerts.length === 0) {
    return (
      <p className={styles['none']}>
        <CheckCircle size={20} className="ok" aria-hidden /> No open alerts.
      </p>
    );
  }
  const groups = groupAlerts(alerts);
  const primary = groups.find((group) => group.level === 'critical' && group.alerts.length === 1 && group.alerts[0].action !== null);
  return (
    <>
      <ul className={styles['list']}>
        {(isAll ? groups : groups.slice(0, FIRST_SHOWN)).map((group) =>
          group.alerts.length === 1 ? (
            <SingleAlert key={group.key} alert={group.alerts[0]} look={group === primary ? 'primary' : 'default'} />
          ) : (
            <GroupedAlerts key={group.key} group={group} />
          ),
        )}
      </ul>
      {!isAll && groups.length > FIRST_SHOWN ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {groups.length - FIRST_SHOWN}
        </Button>
      ) : null}
    </>
  );
}

function SingleAlert({ alert, look }: { readonly alert: Alert; readonly look: ButtonLook }) {
  return (
    <li>
      <AlertLevelIcon level={alert.level} />
      <b>{withDayNames(alert.what)}</b>
      {alert.action ? (
        <AppLink href={alert.action.href} className={buttonClass(look)}>
          {alert.action.label}
        </AppLink>
      ) : null}
      <p>{withDayNames(alert.detail)}</p>
    </li>
  );
}

/** One line for many alerts of a kind. It expands to the list of alerts, each with its action. */
function GroupedAlerts({ group }: { readonly group: AlertGroup }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <AlertLevelIcon level={group.level} />
      <b>{group.what}</b>
      <Button
        aria-expanded={isOpen}
        aria-controls={id}
        icon={<CaretDown size={16} aria-hidden className={isOpen ? styles['up'] : undefined} />}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Hide list' : 'Show all'}
      </Button>
      <p>
        {withDayNames(group.alerts[0].what)}, and {count(group.alerts.length - 1)} more.
      </p>
      <ul id={id} className={styles['each']} hidden={!isOpen}>
        {isOpen
          ? group.alerts.map((alert) => (
              <li key={alert.key}>
                <span>{withDayNames(alert.what)}</span>
                {alert.action ? (
                  <AppLink href={alert.action.href} className="link">
                    {alert.action.label}
                    <span className="sr">: {alert.what}</span>
                  </AppLink>
                ) : null}
              </li>
            ))
          : null}
      </ul>
    </li>
  );
}

/** An alert's level as a shape, a color and a label. */
export function AlertLevelIcon({ level }: { readonly level: AlertLevel }) {
  if (level === 'critical') return <XCircle size={20} className="bad" role="img" aria-label="Critical" />;
  if (level === 'warning') return <Warning size={20} className="warn" role="img" aria-label="Warning" />;
  return <Info size={20} className="muted" role="img" aria-label="Info" />;
}
