import { useQuery } from '@tanstack/react-query';
import type { Model, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import styles from './lora-choice.module.css';

interface ChosenLora {
  readonly loraId: string;
  readonly scale: number;
}

interface LoraChoiceProps {
  readonly model: Model;
  readonly values: ModelValues;
  readonly onChange: (loras: readonly ChosenLora[]) => void;
}

/** The LoRA that fit a model, with a weight for each chosen one; nothing for models that take none. */
export function LoraChoice({ model, values, onChange }: LoraChoiceProps) {
  const input = model.inputs.loras;
  const offered = useQuery({ ...trpc.generation.loras.offered.queryOptions(), enabled: input !== undefined });
  if (input?.kind !== 'loras' || !offered.data) return null;
  const fitting = offered.data.filter((lora) => lora.models.includes(model.id));
  const chosen = readLoras(values);
  if (fitting.length === 0) return <p className={styles['none']}>The operator has added no LoRA for this model.</p>;
  return (
    <fieldset className={styles['loras']}>
      <legend>{input.max === 1 ? 'LoRA' : `LoRA, at most ${count(input.max)}`}</legend>
      {fitting.map((lora) => {
        const one = chosen.find(({ loraId }) => loraId === lora.id);
        return (
          <div key={lora.id} className={styles['lora']}>
            <label>
              <input
                type="checkbox"
                checked={one !== undefined}
                disabled={one === undefined && chosen.length >= input.max}
                onChange={(event) =>
                  onChange(
                    event.target.checked
                      ? [...chosen, { loraId: lora.id, scale: lora.defaultWeight }]
                      : chosen.filter(({ loraId }) => loraId !== lora.id),
                  )
                }
              />
              <span>
                <b>{lora.name}</b>
                {lora.triggers.length > 0 ? <span className={styles['none']}>Put in the prompt: {lora.triggers.join(', ')}</span> : null}
              </span>
            </label>
            {one ? (
              <WeightSlider
                name={lora.name}
                one={one}
                input={input}
                onChange={(scale) => onChange(chosen.map((each) => (each === one ? { ...one, scale } : each)))}
              />
            ) : null}
          </div>
        );
      })}
    </fieldset>
  );
}

interface WeightSliderProps {
  readonly name: string;
  readonly one: ChosenLora;
  readonly input: ModelInput & { readonly kind: 'loras' };
  readonly onChange: (scale: number) => void;
}

function WeightSlider({ name, one, input, onChange }: WeightSliderProps) {
  return (
    <span className={styles['weight']}>
      <input
        type="range"
        aria-label={`Weight of ${name}`}
        min={input.scale.min}
        max={input.scale.max}
        step={0.05}
        value={one.scale}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output>{one.scale.toFixed(2)}</output>
    </span>
  );
}

/** The chosen LoRA of a form. */
function readLoras({ loras }: ModelValues): readonly ChosenLora[] {
  return Array.isArray(loras) ? (loras as readonly ChosenLora[]) : [];
}
