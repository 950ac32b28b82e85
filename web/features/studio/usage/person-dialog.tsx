import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { PersonUsage } from '#shared/contracts/studio/usage.ts';
import type { UserId } from '#shared/ids.ts';
import type { Role } from '#shared/vocabulary.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { ROLE_LABELS } from './role-labels.ts';
import { microsOfDollars, optionalNumber, typedDollars, typedNumber } from './typed-money.ts';
import styles from './usage.module.css';

interface PersonDialogProps {
  readonly person: PersonUsage & { readonly userId: UserId };
  readonly name: string;
  readonly onClose: () => void;
  readonly onSuspend: () => void;
}

/** A person's role and own monthly limits. An empty field takes the setting of the role. */
export function PersonDialog({ person, name, onClose, onSuspend }: PersonDialogProps) {
  const { userId } = person;
  const [role, setRole] = useState<Role>(person.role ?? 'listener');
  const [renders, setRenders] = useState(typedNumber(person.ownLimits?.rendersPerMonth ?? null));
  const [money, setMoney] = useState(typedDollars(person.ownLimits?.usdMicrosPerMonth ?? null));
  const save = useMutation({
    mutationFn: async () => {
      await client.generation.usage.setLimits.mutate({ userId, rendersPerMonth: optionalNumber(renders), usdMicrosPerMonth: microsOfDollars(money) });
      if (role !== person.role) await client.auth.setRole.mutate({ userId, role });
    },
    onSuccess: () => {
      showToast(`${name} saved.`);
      onClose();
    },
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.usage.pathFilter()),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title={`Change ${name}`} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <SelectField
          label="Role"
          value={role}
          onChange={(event) => setRole(event.target.value === 'admin' ? 'admin' : 'listener')}
          hint="Admins operate Segue. It applies at once, in every session."
        >
          {Object.entries(ROLE_LABELS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Pictures a month"
          type="number"
          min={0}
          step={1}
          value={renders}
          onChange={(event) => setRenders(event.target.value)}
          hint="Leave empty for the limit of the role; 0 allows none."
        />
        <TextField
          label="Dollars a month"
          type="number"
          min={0}
          step={0.01}
          value={money}
          onChange={(event) => setMoney(event.target.value)}
          hint="Leave empty for the limit of the role; 0 allows only free pictures."
        />
        <p className="small muted">Renders that were requested before go on and are paid, also beyond a lower limit.</p>
        {save.error ? <InlineError error={save.error} /> : null}
        <div className={styles['buttons']}>
          {person.isYou ? null : (
            <Button look="quiet" className={styles['first'] ?? ''} onClick={onSuspend}>
              Suspend…
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" working={save.isPending ? 'Saving…' : false}>
            Save person
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
