import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { MaskState } from '#shared/domain/studio/masks/describe-mask.ts';
import type { MaskOperation, MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import type { MaskEdge } from '#shared/domain/studio/masks/soften-mask.ts';
import { partsForSeveral } from '#shared/domain/studio/batches/several-models.ts';
import { estimate } from '#shared/domain/studio/estimate.ts';
import { isFilled } from '#shared/domain/studio/model.ts';
import type { AssetId } from '#shared/ids.ts';
import { newUuid } from '#web/lib/new-uuid.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { TaskModels, secondsOf } from '../create/task-models.tsx';
import { ValuesForm } from '../create/values-form.tsx';
import type { StudioDraft } from '../create/studio-draft.ts';
import { useRunTimes } from '../models/run-times.ts';
import { useModels } from '../models/use-models.ts';
import { price } from '../money.ts';
import footStyles from '../create/request-foot.module.css';
import { sendMask } from './send-mask.ts';
import type { MaskToSend } from './send-mask.ts';
import styles from './repaint-screen.module.css';

interface RepaintFormProps {
  readonly image: AssetId;
  readonly size: MaskSize;
  readonly operations: readonly MaskOperation[];
  readonly edge: MaskEdge;
  readonly state: MaskState;
  readonly draft: StudioDraft;
  readonly onDraft: (change: (draft: StudioDraft) => StudioDraft) => void;
}

/** What is to be seen in the marked part, and the model that paints it. The picture and the mask are sent at equal size. */
export function RepaintForm({ image, size, operations, edge, state, draft, onDraft }: RepaintFormProps) {
  const models = useModels('inpaint') ?? [];
  const times = useRunTimes();
  const usable = models.filter(({ unavailableBecause }) => unavailableBecause === null).map(({ model }) => model);
  const first = models.find(({ defaultFor, unavailableBecause }) => unavailableBecause === null && defaultFor.includes('inpaint'));
  const chosen = usable.find(({ id }) => draft.chosen.inpaint?.includes(id)) ?? first?.model ?? usable[0];
  // What a mask and the picture will be when they are sent, so that inputs that need them are enabled.
  const values = { ...draft.values, image: [image], mask: image };
  const { parts, leftOut } = partsForSeveral(chosen ? [chosen] : [], 'inpaint', { values, copies: 1 });
  const saved = useRef<{ readonly key: string; readonly id: AssetId } | null>(null);
  const request = useMutation({
    mutationFn: async (requestId: string) => {
      const mask = await saveOnce(saved, { image, size, operations, edge });
      const sent = Object.fromEntries(Object.entries(values).filter(([, value]) => isFilled(value)));
      await client.generation.studio.batches.request.mutate({
        requestId,
        task: 'inpaint',
        values: { ...sent, mask },
        parts: parts.map((part) => ({ ...part, values: {}, without: [...part.without] })),
      });
    },
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.studio.pathFilter()),
  });
  const missing = missingOf({ state, hasModel: chosen !== undefined, prompt: values.prompt, needsPrompt: isPromptNeeded(chosen?.inputs.prompt) });
  const time = times.find(({ model }) => model === chosen?.id);
  return (
    <form className={styles['form']} aria-label="Repaint" onSubmit={(event) => event.preventDefault()}>
      <ValuesForm
        models={chosen ? [chosen] : []}
        task="inpaint"
        values={values}
        leftOut={leftOut}
        except={['image', 'mask']}
        onChange={(id, value) => onDraft((before) => ({ ...before, values: { ...before.values, [id]: value } }))}
      />
      <div>
        <h2>Model</h2>
        {models.length > 0 && !chosen ? (
          <p className="small">No model here can repaint a part yet. The operator adds models with a key of their vendor.</p>
        ) : null}
        <TaskModels
          isSingle
          models={models}
          times={times}
          chosen={chosen ? [chosen.id] : []}
          onChange={(ids) => onDraft((before) => ({ ...before, chosen: { ...before.chosen, inpaint: ids } }))}
        />
        <p className="small muted">The picture and the mask are sent at equal size. The mask is grown by {edge.growPx} px.</p>
      </div>
      <div className={footStyles['foot']}>
        <p role="status">
          <span>1 picture{time ? `, about ${secondsOf(time.p50)}` : ''}</span>
          <b>{chosen ? `about ${price(estimate(chosen, values, size))}` : ''}</b>
        </p>
        {request.error ? <InlineError error={request.error} /> : null}
        <Button
          type="submit"
          look="primary"
          disabled={missing !== null}
          working={request.isPending ? 'Requesting…' : false}
          onClick={() => request.mutate(newUuid())}
        >
          {missing ?? `Repaint ${state.share < 0.01 ? 'a small part' : percent(state.share)} of the picture`}
        </Button>
      </div>
    </form>
  );
}

/** The same mask is stored once, however often it is used. */
async function saveOnce(saved: { current: { readonly key: string; readonly id: AssetId } | null }, mask: MaskToSend): Promise<AssetId> {
  const key = JSON.stringify(mask);
  if (saved.current?.key !== key) saved.current = { key, id: (await sendMask(mask)).asset };
  return saved.current.id;
}

const isPromptNeeded = (input: unknown) => typeof input === 'object' && input !== null && 'min' in input && Number(input.min) > 0;

function missingOf({
  state,
  hasModel,
  prompt,
  needsPrompt,
}: {
  state: MaskState;
  hasModel: boolean;
  prompt: unknown;
  needsPrompt: boolean;
}): string | null {
  if (state.kind === 'empty') return 'Mark a part first';
  if (state.kind === 'all') return 'Leave a part unmarked';
  if (!hasModel) return 'No model can repaint';
  return needsPrompt && !isFilled(prompt) ? 'Write a prompt first' : null;
}
