import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ModelSettingsView } from '#shared/contracts/studio/model-settings.ts';
import { ROLES } from '#shared/vocabulary.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { price } from '../../money.ts';
import { TASK_WORDS } from '../../library/library-filter.ts';
import { UNIT_NAMES } from './model-words.ts';
import styles from './settings.module.css';

/** Who may use a model, what it costs, and for which tasks it is chosen first. */
export function ModelDialog({ model, onClose }: { readonly model: ModelSettingsView; readonly onClose: () => void }) {
  const [isForAll, setForAll] = useState(model.roles.includes('listener'));
  const [money, setMoney] = useState(model.price.source === 'operator' ? String(model.price.usdMicros / 1_000_000) : '');
  const [tasks, setTasks] = useState(model.defaultFor);
  const save = useMutation(
    trpc.generation.models.set.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.generation.models.pathFilter());
        showToast(`${model.label} saved.`);
        onClose();
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate({
      model: model.id,
      roles: isForAll ? [...ROLES] : ['admin'],
      priceUsdMicros: money.trim() === '' ? null : Math.round(Number(money) * 1_000_000),
      defaultFor: [...tasks],
    });
  };
  const { listPrice, unit } = model;
  return (
    <Dialog title={model.label} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <SelectField label="Who may use it" value={isForAll ? 'all' : 'admins'} onChange={(event) => setForAll(event.target.value === 'all')}>
          <option value="all">Everyone who is signed in</option>
          <option value="admins">Administrators only</option>
        </SelectField>
        <TextField
          label={`Price for ${UNIT_NAMES[unit]}, in US dollars`}
          type="number"
          min={0}
          max={100}
          step="any"
          value={money}
          placeholder={String(listPrice.usdMicros / 1_000_000)}
          onChange={(event) => setMoney(event.target.value)}
          hint={`Leave empty for the list price: ${price(listPrice.usdMicros)}, as of ${dayName(listPrice.day)}. Estimates and limits use this price.`}
        />
        <fieldset className={styles['tasks']}>
          <legend>First choice for</legend>
          {model.tasks.map((task) => (
            <label key={task}>
              <input
                type="checkbox"
                checked={tasks.includes(task)}
                onChange={(event) => setTasks(event.target.checked ? [...tasks, task] : tasks.filter((each) => each !== task))}
              />
              {TASK_WORDS[task]}
            </label>
          ))}
        </fieldset>
        {save.error ? <InlineError error={save.error} /> : null}
        <div className={styles['buttons']}>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" working={save.isPending ? 'Saving…' : false}>
            Save model
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
