import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonUsage } from '#shared/contracts/studio/usage.ts';
import { dayAndTime, dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { dollars } from '../money.ts';
import { PersonDialog } from './person-dialog.tsx';
import { ROLE_LABELS } from './role-labels.ts';
import { SuspendDialog } from './suspend-dialog.tsx';
import { UsedOfLimit } from './used-of.tsx';
import { personName, shareUsed } from './usage-words.ts';
import styles from './usage.module.css';

interface Row {
  readonly person: PersonUsage;
  readonly today: string;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    head: 'Person',
    cell: ({ person }) => (
      <>
        {personName(person)}
        <span className={styles['second']}>{describePerson(person)}</span>
      </>
    ),
  },
  { head: 'Pictures', cell: ({ person }) => <UsedOfLimit name={`Pictures of ${personName(person)}`} used={person.renders} format={count} /> },
  { head: 'Cost', cell: ({ person }) => <UsedOfLimit name={`Cost of ${personName(person)}`} used={person.usdMicros} format={dollars} /> },
  { head: 'Last render', cell: ({ person, today }) => <LastRender person={person} today={today} /> },
  { head: 'Actions', bare: true, cell: ({ person }) => <PersonButtons person={person} /> },
];

/** Everybody's month against their limits, the nearest to a limit first. */
export function PeopleTable({ people, today }: { readonly people: readonly PersonUsage[]; readonly today: string }) {
  const rows = people
    .toSorted((one, other) => Number(one.suspendedAt !== null) - Number(other.suspendedAt !== null) || shareUsed(other) - shareUsed(one))
    .map((person) => ({ person, today }));
  return <DataTable caption="People" rows={rows} keyOf={({ person }) => person.userId ?? personName(person)} columns={COLUMNS} />;
}

function describePerson({ role, ownLimits, isYou }: PersonUsage): string {
  const parts = [role === null ? 'No limits' : ROLE_LABELS[role], ownLimits === null ? undefined : 'own limits', isYou ? 'you' : undefined];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function LastRender({ person: { suspendedAt, running, waiting, lastRenderAt }, today }: Row) {
  if (suspendedAt !== null) return <StatusText tone="quiet">Suspended on {dayName(suspendedAt)}</StatusText>;
  if (running + waiting > 0) {
    const parts = [running > 0 && `${count(running)} running`, waiting > 0 && `${count(waiting)} waiting`];
    return <StatusText tone="live">{parts.filter((part) => part !== false).join(', ')}</StatusText>;
  }
  return <span className="muted">{lastRenderAt === null ? '–' : dayAndTime(lastRenderAt, today)}</span>;
}

/** Only people who sign in can be changed. */
function PersonButtons({ person }: { readonly person: PersonUsage }) {
  const [open, setOpen] = useState<'change' | 'suspend' | null>(null);
  const reinstate = useMutation(
    trpc.generation.usage.reinstate.mutationOptions({ onSettled: () => void queryClient.invalidateQueries(trpc.generation.usage.pathFilter()) }),
  );
  const { userId, role } = person;
  if (userId === null || role === null) return null;
  const [known, name] = [{ ...person, userId }, personName(person)];
  if (person.suspendedAt !== null)
    return (
      <>
        <Button
          size="small"
          aria-label={`Reinstate ${name}`}
          working={reinstate.isPending ? 'Reinstating…' : false}
          onClick={() => reinstate.mutate({ userId })}
        >
          Reinstate
        </Button>
        {reinstate.error ? <InlineError error={reinstate.error} /> : null}
      </>
    );
  return (
    <>
      <Button size="small" aria-label={`Change ${name}`} onClick={() => setOpen('change')}>
        Change…
      </Button>
      {open === 'change' ? <PersonDialog person={known} name={name} onClose={() => setOpen(null)} onSuspend={() => setOpen('suspend')} /> : null}
      {open === 'suspend' ? <SuspendDialog person={known} name={name} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
