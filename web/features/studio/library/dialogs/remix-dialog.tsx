import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssetView, Remix } from '#shared/contracts/studio/library/asset-views.ts';
import { newUuid } from '#web/lib/new-uuid.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { SelectField, TextArea } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { price } from '../../money.ts';
import styles from './dialogs.module.css';

interface RemixProps {
  readonly asset: AssetView;
  readonly onClose: () => void;
  /** Called with the group of the requested render; without it a message says where the picture will appear. */
  readonly onRequested?: (groupId: string) => void;
}

/** Renders a picture again with its own settings or changed ones, by its own model or another one, which names what it cannot use. */
export function RemixDialog({ asset, onClose, onRequested }: RemixProps) {
  const models = useQuery(trpc.generation.models.list.queryOptions(asset.recipe ? { task: asset.recipe.task } : {}));
  const [model, setModel] = useState<string | undefined>(undefined);
  const [prompt, setPrompt] = useState<string | null>(null);
  const [isSameSeed, setSameSeed] = useState(false);
  const remix = useQuery({
    ...trpc.generation.assets.remix.queryOptions({ id: asset.id, ...(model === undefined ? {} : { model }) }),
    placeholderData: keepPreviousData,
  });
  const chosen = models.data?.find((view) => view.model.id === (model ?? remix.data?.model));
  const request = useMutation({
    mutationFn: (settings: Remix) =>
      client.generation.studio.request.mutate({
        model: settings.model,
        task: settings.task,
        values: valuesOf(settings, { prompt, isSameSeed }),
        copies: 1,
        requestId: newUuid(),
      }),
    onSuccess: ([render]) => {
      if (onRequested && render) onRequested(render.groupId);
      else showToast('The remix is being rendered. It will appear in the library.');
      void queryClient.invalidateQueries(trpc.generation.pathFilter());
      onClose();
    },
  });
  const stated = remix.data?.values['prompt'];
  const own = typeof stated === 'string' ? stated : '';
  return (
    <Dialog
      title="Remix"
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            working={request.isPending ? 'Requesting…' : remix.isPlaceholderData ? 'Reading…' : false}
            onClick={() => remix.data && !remix.isPlaceholderData && request.mutate(remix.data)}
          >
            {chosen ? `Render · ${price(chosen.fromUsdMicros)}` : 'Render'}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <SelectField label="Model" value={model ?? remix.data?.model ?? ''} onChange={(event) => setModel(event.target.value)}>
          {models.data?.map(({ model: { id, label }, unavailableBecause }) => (
            <option key={id} value={id} disabled={unavailableBecause !== null}>
              {label}
            </option>
          ))}
        </SelectField>
        {own !== '' || prompt !== null ? (
          <div className={styles['prompt']}>
            <TextArea label="Prompt" rows={4} value={prompt ?? own} onChange={(event) => setPrompt(event.target.value)} />
          </div>
        ) : null}
        {remix.data?.values['seed'] === undefined ? null : (
          <label>
            <input type="checkbox" checked={isSameSeed} onChange={(event) => setSameSeed(event.target.checked)} /> Keep the seed{' '}
            {JSON.stringify(remix.data.values['seed'])}
          </label>
        )}
        {remix.data && remix.data.unused.length > 0 ? (
          <p className="small muted">Not used: {remix.data.unused.map(({ label, reason }) => `${label} (${reason})`).join(', ')}.</p>
        ) : null}
        {remix.error ? <InlineError error={remix.error} /> : null}
        {request.error ? <InlineError error={request.error} /> : null}
      </div>
    </Dialog>
  );
}

function valuesOf({ values }: Remix, { prompt, isSameSeed }: { readonly prompt: string | null; readonly isSameSeed: boolean }) {
  const { seed, ...others } = values;
  return { ...others, ...(prompt === null ? {} : { prompt }), ...(isSameSeed && seed !== undefined ? { seed } : {}) };
}
