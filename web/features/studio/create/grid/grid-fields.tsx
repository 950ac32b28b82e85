import { CaretRight } from '@phosphor-icons/react/CaretRight';
import { gridInputs, readAxis } from '#shared/domain/studio/batches/parameter-grid.ts';
import type { InputId, Model, ModelInput } from '#shared/domain/studio/model.ts';
import { describeValue } from '#shared/domain/studio/setting-words.ts';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import type { DraftAxis, StudioDraft } from '../studio-draft.ts';
import styles from '../values-form.module.css';

interface GridFieldsProps {
  readonly model: Model;
  readonly draft: StudioDraft;
  readonly onChange: (change: Partial<Pick<StudioDraft, 'across' | 'down'>>) => void;
}

/** A grid of one model: two inputs, and the values that each takes. Every pair is rendered once, with the same seed when one is given. */
export function GridFields({ model, draft, onChange }: GridFieldsProps) {
  const inputs = gridInputs(model, draft.task, draft.values);
  if (inputs.length === 0) return null;
  const without = (axis: DraftAxis | null) => inputs.filter(([id]) => id !== axis?.input);
  return (
    <details className={styles['more']} open={draft.across !== null || undefined}>
      <summary>
        <CaretRight size={16} aria-hidden /> Parameter grid<span className={styles['about']}>two inputs × values</span>
      </summary>
      <div className={styles['form']}>
        <AxisFields name="Across" axis={draft.across} inputs={without(draft.down)} onChange={(across) => onChange({ across })} />
        {draft.across ? <AxisFields name="Down" axis={draft.down} inputs={without(draft.across)} onChange={(down) => onChange({ down })} /> : null}
      </div>
    </details>
  );
}

interface AxisFieldsProps {
  readonly name: string;
  readonly axis: DraftAxis | null;
  readonly inputs: readonly (readonly [InputId, ModelInput])[];
  readonly onChange: (axis: DraftAxis | null) => void;
}

function AxisFields({ name, axis, inputs, onChange }: AxisFieldsProps) {
  const input = inputs.find(([id]) => id === axis?.input)?.[1];
  const problem = input && axis ? readAxis(input, axis.typed).problem : undefined;
  return (
    <>
      <SelectField
        label={name}
        value={input ? axis?.input : ''}
        onChange={(event) => {
          const found = inputs.find(([id]) => id === event.target.value);
          onChange(found ? { input: found[0], typed: usualValues(found[1]) } : null);
        }}
      >
        <option value="">Nothing</option>
        {inputs.map(([id, one]) => (
          <option key={id} value={id}>
            {id === 'loras' ? 'LoRA weight' : one.label}
          </option>
        ))}
      </SelectField>
      {input && axis ? (
        <AxisValues
          name={`Values ${name.toLowerCase()}`}
          input={input}
          typed={axis.typed}
          problem={problem === undefined ? null : `“${input.label}” ${problem}.`}
          onChange={(typed) => onChange({ ...axis, typed })}
        />
      ) : null}
    </>
  );
}

interface AxisValuesProps {
  readonly name: string;
  readonly input: ModelInput;
  readonly typed: string;
  readonly problem: string | null;
  readonly onChange: (typed: string) => void;
}

/** The values of an axis: options are chosen by their names, numbers are typed. */
function AxisValues({ name, input, typed, problem, onChange }: AxisValuesProps) {
  if (!('options' in input))
    return <TextField label={name} value={typed} hint={hintOf(input)} error={problem} onChange={(event) => onChange(event.target.value)} />;
  const options = input.options.map((option) => (typeof option === 'number' ? option : option.value));
  const chosen = new Set(readAxis(input, typed).values);
  const toggle = (value: string | number) => onChange(options.filter((option) => chosen.has(option) !== (option === value)).join(', '));
  return (
    <fieldset className={styles['options']}>
      <legend>{name}</legend>
      {options.map((option) => (
        <label key={option}>
          <input type="checkbox" checked={chosen.has(option)} onChange={() => toggle(option)} />
          {describeValue(input, option)}
        </label>
      ))}
      {problem === null ? null : <p role="alert">{problem}</p>}
    </fieldset>
  );
}

/** Three values to begin with: below, at and above the default. */
function usualValues(input: ModelInput): string {
  if (input.kind === 'enum' || input.kind === 'size')
    return input.options
      .slice(0, 3)
      .map(({ value }) => value)
      .join(', ');
  if (input.kind === 'seconds') return input.options.join(', ');
  if (input.kind === 'loras') return '0.5, 0.8, 1';
  if (input.kind !== 'int' && input.kind !== 'float') return '';
  const round = (value: number) => Number(Math.min(input.max, Math.max(input.min, value)).toFixed(input.kind === 'int' ? 0 : 1));
  return [...new Set([round(input.default * 0.6), input.default, round(input.default * 1.5)])].join(', ');
}

function hintOf(input: ModelInput): string {
  if (input.kind === 'loras') return `Separated by commas, from ${input.scale.min} to ${input.scale.max}.`;
  return 'min' in input ? `Separated by commas, from ${input.min} to ${input.max}.` : 'Separated by commas.';
}
