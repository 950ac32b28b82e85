import { CaretRight } from '@phosphor-icons/react/CaretRight';
import { DiceFive } from '@phosphor-icons/react/DiceFive';
import { Info } from '@phosphor-icons/react/Info';
import { formForSeveral } from '#shared/domain/studio/batches/several-models.ts';
import type { LeftOut } from '#shared/domain/studio/batches/several-models.ts';
import type { FormField } from '#shared/domain/studio/form-for.ts';
import type { InputId, Model, ModelValues } from '#shared/domain/studio/model.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { joinNames } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { LoraChoice } from '../loras/lora-choice.tsx';
import { ModelField } from '../models/model-field.tsx';
import { ImageInput } from '../uploads/image-input.tsx';
import styles from './values-form.module.css';

interface ValuesFormProps {
  readonly models: readonly Model[];
  readonly task: StudioTask;
  readonly values: ModelValues;
  readonly leftOut: readonly LeftOut[];
  /** Inputs that another part of the page fills in. */
  readonly except?: readonly InputId[];
  readonly onChange: (id: InputId, value: unknown) => void;
}

/** The inputs of the chosen models as one form: the main ones first, more on demand, and what a model runs without. */
export function ValuesForm({ models, task, values, leftOut, except = [], onChange }: ValuesFormProps) {
  const { main, more } = formForSeveral(models, task, values);
  const shown = (fields: readonly FormField[]) => fields.filter(({ id }) => !except.includes(id));
  const withLora = models.find((model) => model.inputs.loras);
  const field = (one: FormField) => <ValueField key={one.id} field={one} values={values} onChange={onChange} />;
  return (
    <div className={styles['form']}>
      {shown(main).map(field)}
      {withLora ? <LoraChoice model={withLora} values={values} onChange={(loras) => onChange('loras', loras)} /> : null}
      {leftOut.length > 0 ? (
        <p className={styles['note']}>
          <Info size={16} aria-hidden />
          <span>{describeLeftOut(leftOut)}</span>
        </p>
      ) : null}
      {shown(more).length > 0 ? (
        <details className={styles['more']}>
          <summary>
            <CaretRight size={16} aria-hidden /> More settings
            <span className={styles['about']}>{joinNames(shown(more).map(({ input }) => input.label.toLowerCase()))}</span>
          </summary>
          <div className={styles['form']}>{shown(more).map(field)}</div>
        </details>
      ) : null}
    </div>
  );
}

/** A new seed is drawn by the browser; it is no secret. */
const SEED_MAX = 2_147_483_647;

interface ValueFieldProps {
  readonly field: FormField;
  readonly values: ModelValues;
  readonly onChange: (id: InputId, value: unknown) => void;
}

function ValueField({ field, values, onChange }: ValueFieldProps) {
  const { id, input } = field;
  if (input.kind === 'image') {
    const value = Array.isArray(values[id]) ? (values[id] as readonly string[]) : [];
    return <ImageInput input={input} value={value} onChange={(ids) => onChange(id, ids)} />;
  }
  if (input.kind !== 'seed') return <ModelField field={field} values={values} onChange={onChange} />;
  return (
    <div className={styles['seed']}>
      <ModelField field={field} values={values} onChange={onChange} />
      <Button
        icon={<DiceFive size={16} aria-hidden />}
        onClick={() => onChange(id, (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % Math.min(input.max, SEED_MAX))}
      >
        New seed
      </Button>
    </div>
  );
}

/** “Nano Banana runs without seed and LoRA. Your values stay here.” */
function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const models = [...new Set(leftOut.map(({ model }) => model))];
  const sentences = models.map((model) => {
    const labels = leftOut.filter((one) => one.model === model).map(({ label }) => label.toLowerCase());
    return `${model} runs without ${joinNames(labels)}.`;
  });
  return `${sentences.join(' ')} Your values stay here.`;
}
