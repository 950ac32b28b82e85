import type { FormField } from '#shared/domain/studio/form-for.ts';
import type { InputId, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import { describeValue } from '#shared/domain/studio/setting-words.ts';
import { valueProblem } from '#shared/domain/studio/value-problem.ts';
import { SelectField, TextArea, TextField } from '#web/ui/controls/field.tsx';
import styles from './model-form.module.css';

interface ModelFieldProps {
  readonly field: FormField;
  readonly values: ModelValues;
  readonly onChange: (id: InputId, value: unknown) => void;
}

/** One input of a model as a field, by its kind alone. Inputs that another part of the page fills in, such as the music, have none. */
export function ModelField({ field: { id, input, isEnabled, default: standard }, values, onChange }: ModelFieldProps) {
  const value = values[id];
  const problem = valueProblem(id, input, values);
  const labels = {
    label: input.label,
    ...(input.help === undefined ? {} : { hint: input.help }),
    error: problem === undefined ? null : `${input.label} ${problem}.`,
    disabled: !isEnabled,
  };
  switch (input.kind) {
    case 'text':
      return (input.lines ?? 1) > 1 ? (
        <TextArea
          {...labels}
          data-prompt={id === 'prompt' || undefined}
          dir="auto"
          rows={input.lines}
          value={text(value)}
          onChange={(event) => onChange(id, event.target.value)}
        />
      ) : (
        <TextField {...labels} dir="auto" value={text(value)} onChange={(event) => onChange(id, event.target.value)} />
      );
    case 'int':
    case 'float':
      return <NumberField labels={labels} input={input} value={value ?? standard} onChange={(next) => onChange(id, next)} />;
    case 'seed':
      return (
        <TextField
          {...labels}
          inputMode="numeric"
          placeholder="Random"
          value={text(value)}
          onChange={(event) => onChange(id, wholeOrText(event.target.value))}
        />
      );
    case 'bool':
      return (
        <label className={styles['check']}>
          <input
            type="checkbox"
            checked={(value ?? standard) === true}
            disabled={!isEnabled}
            onChange={(event) => onChange(id, event.target.checked)}
          />
          {input.label}
        </label>
      );
    case 'enum':
    case 'size':
      return (
        <SelectField {...labels} value={text(value ?? standard)} onChange={(event) => onChange(id, event.target.value)}>
          {input.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </SelectField>
      );
    case 'seconds':
      return (
        <SelectField {...labels} value={text(value ?? standard)} onChange={(event) => onChange(id, Number(event.target.value))}>
          {input.options.map((seconds) => (
            <option key={seconds} value={seconds}>
              {describeValue(input, seconds)}
            </option>
          ))}
        </SelectField>
      );
    case 'image':
    case 'mask':
    case 'loras':
    case 'music':
    case 'mood':
    default:
      return null;
  }
}

interface NumberFieldProps {
  readonly labels: { readonly label: string; readonly hint?: string; readonly error: string | null; readonly disabled: boolean };
  readonly input: ModelInput & { readonly kind: 'int' | 'float' };
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function NumberField({ labels, input, value, onChange }: NumberFieldProps) {
  return (
    <TextField
      {...labels}
      type="number"
      min={input.min}
      max={input.max}
      step={input.step}
      value={text(value)}
      onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
    />
  );
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A seed as a number; what is no number stays as it was typed, so that the field can say what is wrong. */
function wholeOrText(typed: string): unknown {
  if (typed.trim() === '') return undefined;
  const number = Number(typed);
  return Number.isFinite(number) ? number : typed;
}
