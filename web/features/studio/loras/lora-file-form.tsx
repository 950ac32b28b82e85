import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { ReadableLoraFile } from '#shared/contracts/studio/loras.ts';
import { LORA_BASES } from '#shared/domain/studio/model.ts';
import type { LoraBase } from '#shared/domain/studio/model.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { LORA_BASE_LABELS, splitTriggers } from './lora-base-labels.ts';
import styles from './loras.module.css';

/** Adds a LoRA from a file on the server. The file decides about its base; it is asked for only when the file does not show it. */
export function LoraFileDialog({ file, onClose }: { readonly file: ReadableLoraFile; readonly onClose: () => void }) {
  const [name, setName] = useState(file.fileName.replace(/\.safetensors$/i, ''));
  const [base, setBase] = useState<LoraBase>('flux-1');
  const [triggers, setTriggers] = useState(file.triggers.join(', '));
  const [weight, setWeight] = useState('1');
  const save = useMutation(
    trpc.generation.loras.saveFile.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.generation.loras.pathFilter());
        showToast(`${name} added.`);
        onClose();
      },
    }),
  );
  const problem = save.error ? describeProblem(save.error) : null;
  const errorAt = (field: string) => (problem?.field?.startsWith(field) ? [problem.message, problem.remedy].filter(Boolean).join(' ') : null);
  const isPlaced = ['name', 'base', 'triggers', 'defaultWeight'].some((field) => errorAt(field) !== null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = file.base === null ? { base } : {};
    save.mutate({ name, fileName: file.fileName, ...given, triggers: splitTriggers(triggers), defaultWeight: Number(weight) });
  };
  return (
    <Dialog title={`Add ${file.fileName}`} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <TextField label="Name" required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} error={errorAt('name')} />
        {file.base === null ? (
          <SelectField
            label="Base model"
            value={base}
            onChange={(event) => setBase(LORA_BASES.find((one) => one === event.target.value) ?? base)}
            error={errorAt('base')}
            hint="The file does not show it. Choose the one that its author names."
          >
            {LORA_BASES.map((one) => (
              <option key={one} value={one}>
                {LORA_BASE_LABELS[one]}
              </option>
            ))}
          </SelectField>
        ) : null}
        <TextField
          label="Trigger words"
          value={triggers}
          onChange={(event) => setTriggers(event.target.value)}
          error={errorAt('triggers')}
          hint={
            file.suggestions.length > 0
              ? `Separated by commas. Frequent in its training: ${file.suggestions.join(', ')}.`
              : 'Separated by commas. They are added to the prompt.'
          }
        />
        <TextField
          label="Default weight"
          type="number"
          min={0}
          max={4}
          step={0.05}
          value={weight}
          onChange={(event) => setWeight(event.target.value)}
          error={errorAt('defaultWeight')}
          hint="0 to 4. Above 2, pictures usually fall apart."
        />
        {save.error && !isPlaced ? <InlineError error={save.error} /> : null}
        <div className={styles['buttons']}>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" working={save.isPending ? 'Reading the file…' : false}>
            Add LoRA
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
