import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ModelSettingsView } from '#shared/contracts/studio/model-settings.ts';
import { plural } from '#web/lib/words.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { ModelDialog } from './model-dialog.tsx';
import styles from './settings.module.css';

/** Turns a model on or off, or opens what else can be set. */
export function ModelActions({ model }: { readonly model: ModelSettingsView }) {
  const [isEditing, setEditing] = useState(false);
  const turn = useMutation(
    trpc.generation.models.set.mutationOptions({
      onSuccess: ({ ended }) => {
        if (ended > 0) showToast(`${plural(ended, 'render')} ended. Nothing is charged.`);
      },
      onSettled: () => void queryClient.invalidateQueries(trpc.generation.models.pathFilter()),
    }),
  );
  const action = model.isOn ? 'Turn off' : 'Turn on';
  return (
    <>
      <span className={styles['actions']}>
        <Button
          size="small"
          aria-label={`${action}: ${model.label}`}
          working={turn.isPending ? 'Saving…' : false}
          onClick={() => turn.mutate({ model: model.id, isOn: !model.isOn })}
        >
          {action}
        </Button>
        <Button size="small" look="quiet" aria-label={`Edit: ${model.label}`} onClick={() => setEditing(true)}>
          Edit…
        </Button>
      </span>
      {turn.error ? <InlineError error={turn.error} /> : null}
      {isEditing ? <ModelDialog model={model} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
