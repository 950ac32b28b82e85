import { useState } from 'react';
import type { PersonUsage } from '#shared/contracts/studio/usage.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { dollars } from '../money.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import { UsedOfLimit } from './used-of.tsx';

const personName = ({ userId, name, role }: PersonUsage) => name ?? (userId === null && role === null ? 'Operator and network' : 'A deleted person');

const COLUMNS: readonly Column<PersonUsage>[] = [
  { head: 'Person', cell: personName },
  { head: 'Pictures', cell: (person) => <UsedOfLimit name={`Pictures of ${personName(person)}`} used={person.renders} format={count} /> },
  { head: 'Cost', cell: (person) => <UsedOfLimit name={`Cost of ${personName(person)}`} used={person.usdMicros} format={dollars} /> },
  { head: 'Limits', cell: (person) => (person.ownLimits ? 'Own' : 'As everybody') },
  { head: 'Actions', bare: true, cell: (person) => <LimitsButton person={person} /> },
];

/** Everybody's month: pictures and dollars against the limits. */
export function PeopleTable({ people }: { readonly people: readonly PersonUsage[] }) {
  return <DataTable caption="People" rows={people} keyOf={(person) => person.userId ?? personName(person)} columns={COLUMNS} />;
}

/** Only people who sign in have limits of their own. */
function LimitsButton({ person }: { readonly person: PersonUsage }) {
  const [isEditing, setEditing] = useState(false);
  if (person.userId === null) return null;
  return (
    <>
      <Button size="small" aria-label={`Set limits: ${personName(person)}`} onClick={() => setEditing(true)}>
        Set limits…
      </Button>
      {isEditing ? <LimitsDialog person={person} name={personName(person)} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
