import { CaretDown } from '@phosphor-icons/react/CaretDown';
import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { Warning } from '@phosphor-icons/react/Warning';
import { Info } from '@phosphor-icons/react/Info';
import { XCircle } from '@phosphor-icons/react/XCircle';
import { useId, useState } from 'react';
import type { Trouble } from '#shared/contracts/alerts.ts';
import type { OverviewView } from '#shared/contracts/views.ts';
import type { AlertLevel } from '#shared/vocabulary.ts';
import { withDayNames } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import type { ButtonLook } from '#web/ui/controls/button.tsx';
import { HouseLink } from '#web/ui/controls/house-link.tsx';
import { groupTroubles } from './trouble-groups.ts';
import type { TroubleGroup } from './trouble-groups.ts';
import styles from './broken.module.css';

const FIRST_SHOWN = 6;

/** What needs a person, worst first, each with what to press; many of one kind are one line. Only one critical thing has the primary button. */
export function Broken({ broken }: { readonly broken: OverviewView['broken'] }) {
  const [isAll, setAll] = useState(false);
  if (broken.length === 0) {
    return (
      <p className={styles['none']}>
        <CheckCircle size={20} className="ok" aria-hidden /> Nothing is broken.
      </p>
    );
  }
  const groups = groupTroubles(broken);
  const pressing = groups.find(({ level, troubles }) => level === 'critical' && troubles.length === 1 && troubles[0].action !== null);
  return (
    <>
      <ul className={styles['list']}>
        {(isAll ? groups : groups.slice(0, FIRST_SHOWN)).map((group) =>
          group.troubles.length === 1 ? (
            <One key={group.key} trouble={group.troubles[0]} look={group === pressing ? 'primary' : 'default'} />
          ) : (
            <Many key={group.key} group={group} />
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

function One({ trouble, look }: { readonly trouble: Trouble; readonly look: ButtonLook }) {
  return (
    <li>
      <LevelMark level={trouble.level} />
      <b>{withDayNames(trouble.what)}</b>
      {trouble.action ? (
        <HouseLink href={trouble.action.href} className={buttonClass(look)}>
          {trouble.action.label}
        </HouseLink>
      ) : null}
      <p>{withDayNames(trouble.detail)}</p>
    </li>
  );
}

/** One line for many of a kind; which they are, and what to press for each, opens below it. */
function Many({ group }: { readonly group: TroubleGroup }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <LevelMark level={group.level} />
      <b>{group.what}</b>
      <Button
        aria-expanded={isOpen}
        aria-controls={id}
        icon={<CaretDown size={16} aria-hidden className={isOpen ? styles['up'] : undefined} />}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Fewer' : 'See each'}
      </Button>
      <p>
        {withDayNames(group.troubles[0].what)}, and {count(group.troubles.length - 1)} more.
      </p>
      <ul id={id} className={styles['each']} hidden={!isOpen}>
        {isOpen
          ? group.troubles.map((trouble) => (
              <li key={trouble.key}>
                <span>{withDayNames(trouble.what)}</span>
                {trouble.action ? (
                  <HouseLink href={trouble.action.href} className="link">
                    {trouble.action.label}
                    <span className="sr">: {trouble.what}</span>
                  </HouseLink>
                ) : null}
              </li>
            ))
          : null}
      </ul>
    </li>
  );
}

/** How bad it is, as a shape, a colour and a word. */
export function LevelMark({ level }: { readonly level: AlertLevel }) {
  if (level === 'critical') return <XCircle size={20} className="bad" role="img" aria-label="critical" />;
  if (level === 'warning') return <Warning size={20} className="warn" role="img" aria-label="warning" />;
  return <Info size={20} className="muted" role="img" aria-label="for your information" />;
}
