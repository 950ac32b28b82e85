import type { PersonUsage } from '#shared/contracts/studio/usage.ts';
import type { UserId } from '#shared/ids.ts';
import { SelectField } from '#web/ui/controls/field.tsx';
import { personName } from './usage-words.ts';
import styles from './usage.module.css';

/** The month and the person that the figures are about; without one the present month, and everybody. */
interface UsageScope {
  readonly month?: string | undefined;
  readonly person?: 'operator' | UserId | undefined;
}

interface FilterProps {
  readonly scope: UsageScope;
  /** The present month, as its first day. */
  readonly now: string;
  readonly people: readonly PersonUsage[];
  readonly onChange: (scope: UsageScope) => void;
}

const MONTHS_SHOWN = 12;
const monthAndYear = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** Chooses the month, and whose renders the charts and the models show. */
export function UsageFilter({ scope, now, people, onChange }: FilterProps) {
  return (
    <div className={styles['filter']} role="group" aria-label="Shown">
      <SelectField
        label="Month"
        value={scope.month ?? now}
        onChange={(event) => onChange({ ...scope, month: event.target.value === now ? undefined : event.target.value })}
      >
        {monthsBefore(now).map((month) => (
          <option key={month} value={month}>
            {monthAndYear.format(new Date(month))}
          </option>
        ))}
      </SelectField>
      <SelectField label="Person" value={scope.person ?? ''} onChange={(event) => onChange({ ...scope, person: personOf(event.target.value) })}>
        <option value="">Everybody</option>
        {people.map((person) => (
          <option key={person.userId ?? 'operator'} value={person.userId ?? 'operator'}>
            {personName(person)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

const personOf = (value: string) => (value === '' ? undefined : value === 'operator' ? value : (value as UserId));

/** The month and those before it. */
function monthsBefore(now: string): readonly string[] {
  const [year = 0, month = 1] = now.split('-').map(Number);
  return Array.from({ length: MONTHS_SHOWN }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10));
}
