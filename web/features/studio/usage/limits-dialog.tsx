import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { PersonUsage } from '#shared/contracts/studio/usage.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { microsOfDollars, optionalNumber, typedDollars, typedNumber } from './typed-money.ts';
import styles from './usage.module.css';

/** A person's own monthly limits. An empty field takes the network's setting. */
export function LimitsDialog({ person, name, onClose }: { readonly person: PersonUsage; readonly name: string; readonly onClose: () => void }) {
  const [renders, setRenders] = useState(typedNumber(person.ownLimits?.rendersPerMonth ?? null));
  const [money, setMoney] = useState(typedDollars(person.ownLimits?.usdMicrosPerMonth ?? null));
  const save = useMutation(
    trpc.generation.usage.setLimits.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.generation.usage.pathFilter());
        showToast(`Limits of ${name} saved.`);
        onClose();
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (person.userId !== null)
      save.mutate({ userId: person.userId, rendersPerMonth: optionalNumber(renders), usdMicrosPerMonth: microsOfDollars(money) });
  };
  return (
    <Dialog title={`Limits of ${name}`} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <TextField
          label="Pictures a month"
          type="number"
          min={0}
          step={1}
          value={renders}
          onChange={(event) => setRenders(event.target.value)}
          hint="Leave empty for the network’s setting; 0 allows none."
        />
        <TextField
          label="Dollars a month"
          type="number"
          min={0}
          step={0.01}
          value={money}
          onChange={(event) => setMoney(event.target.value)}
          hint="Leave empty for the network’s setting; 0 allows only free pictures."
        />
        {save.error ? <InlineError error={save.error} /> : null}
        <div className={styles['buttons']}>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" working={save.isPending ? 'Saving…' : false}>
            Save limits
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
