import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import type { RunTimes } from '../models/run-times.ts';
import type { ModelView } from '#shared/contracts/studio/model-views.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';
import { SelectField } from '#web/ui/controls/field.tsx';
import { planBatch } from './batch-plan.ts';
import { GridFields } from './grid/grid-fields.tsx';
import { RequestFoot } from './request-foot.tsx';
import type { StudioDraft } from './studio-draft.ts';
import { TaskModels } from './task-models.tsx';
import { ValuesForm } from './values-form.tsx';
import styles from './create-screen.module.css';

/** What each task is called where it is chosen. */
const TASK_LABELS = {
  text_to_image: 'Text to picture',
  image_to_image: 'Change a picture',
  inpaint: 'Repaint a part',
  image_to_video: 'Picture to video',
} as const;

const COPIES = [1, 2, 4, 8];

interface CreateFormProps {
  readonly draft: StudioDraft;
  readonly models: readonly ModelView[];
  readonly times: readonly RunTimes[];
  readonly onDraft: (change: (draft: StudioDraft) => StudioDraft) => void;
  readonly onRequested: (groupId: string) => void;
}

/** What is asked: the task, the models, their inputs and how many of each, with the estimate and the button at its foot. Ctrl and Enter press it, Escape leaves its fields. */
export function CreateForm({ draft, models, times, onDraft, onRequested }: CreateFormProps) {
  const navigate = useNavigate();
  const { task, values } = draft;
  const usable = models.filter(({ unavailableBecause }) => unavailableBecause === null);
  const chosen = chosenModels(draft, usable);
  const plan = planBatch(draft, chosen);
  const noun = task === 'image_to_video' ? 'video' : 'picture';
  return (
    <form
      className={styles['ask']}
      aria-label="New render"
      onSubmit={(event: FormEvent) => event.preventDefault()}
      onKeyDown={(event) => {
        // Leaves the field, so that single keys act on the picture.
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.querySelector<HTMLButtonElement>('button[type="submit"]')?.click();
      }}
    >
      <SelectField
        label="Task"
        value={task}
        onChange={(event) => {
          const next = STUDIO_TASKS.find((one) => one === event.target.value) ?? task;
          if (next === 'inpaint') void navigate({ to: '/studio/repaint' });
          else onDraft((before) => ({ ...before, task: next }));
        }}
      >
        {STUDIO_TASKS.map((one) => (
          <option key={one} value={one}>
            {TASK_LABELS[one]}
          </option>
        ))}
      </SelectField>
      <ValuesForm
        models={chosen}
        task={task}
        values={values}
        leftOut={plan.leftOut}
        except={['count']}
        onChange={(id, value) => onDraft((before) => ({ ...before, values: { ...before.values, [id]: value } }))}
      />
      <div>
        <div className={styles['head']}>
          <h2>Models</h2>
          <span className="small muted">
            {chosen.length} of {usable.length} chosen
          </span>
        </div>
        {usable.length === 0 ? (
          <p className={styles['none']}>No model here can do this yet. The operator adds models with a key of their vendor.</p>
        ) : null}
        <TaskModels
          models={models}
          times={times}
          chosen={chosen.map(({ id }) => id)}
          onChange={(ids) => onDraft((before) => ({ ...before, chosen: { ...before.chosen, [task]: ids } }))}
        />
      </div>
      <SelectField
        label={noun === 'video' ? 'Videos per model' : 'Pictures per model'}
        value={draft.copies}
        onChange={(event) => onDraft((before) => ({ ...before, copies: Number(event.target.value) }))}
      >
        {COPIES.map((copies) => (
          <option key={copies} value={copies}>
            {copies}
          </option>
        ))}
      </SelectField>
      {chosen.length === 1 && chosen[0] ? (
        <GridFields model={chosen[0]} draft={draft} onChange={(change) => onDraft((before) => ({ ...before, ...change }))} />
      ) : null}
      <RequestFoot plan={plan} times={times} noun={noun} onRequested={onRequested} />
    </form>
  );
}

/** The chosen models that can be used, or else the operator's first choice, or the cheapest one. */
function chosenModels({ task, chosen }: StudioDraft, usable: readonly ModelView[]) {
  const ids = chosen[task];
  const known = usable.filter(({ model }) => ids?.includes(model.id)).map(({ model }) => model);
  if (ids !== undefined) return known;
  const first = usable.find(({ defaultFor }) => defaultFor.includes(task));
  if (first) return [first.model];
  const cheapest = usable.toSorted((one, other) => one.fromUsdMicros - other.fromUsdMicros)[0];
  return cheapest ? [cheapest.model] : [];
}
