import { Info } from '@phosphor-icons/react/Info';
import type { ReactNode } from 'react';
import { formFor } from '#shared/domain/studio/form-for.ts';
import type { InputId, Model, ModelValues } from '#shared/domain/studio/model.ts';
import type { UnusedValue } from '#shared/domain/studio/change-model.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { ModelField } from './model-field.tsx';
import styles from './model-form.module.css';

interface ModelFormProps {
  readonly model: Model;
  readonly task: StudioTask;
  readonly values: ModelValues;
  readonly unused: readonly UnusedValue[];
  readonly onChange: (id: InputId, value: unknown) => void;
  /** Fields for inputs that need more than the registry knows, such as LoRAs. */
  readonly children?: ReactNode;
}

/** The form of a model, derived from its entry in the registry: a new model needs no screen of its own. */
export function ModelForm({ model, task, values, unused, onChange, children }: ModelFormProps) {
  const { main, more } = formFor(model, task, values);
  return (
    <div className={styles['form']}>
      {unused.length > 0 ? (
        <p className={styles['unused']}>
          <Info size={16} className="icon" aria-hidden /> {model.label} does not use:{' '}
          {unused.map(({ label, reason }) => `${label} (${reason})`).join(', ')}. They are kept for other models.
        </p>
      ) : null}
      {main.map((field) => (
        <ModelField key={field.id} field={field} values={values} onChange={onChange} />
      ))}
      {children}
      {more.length > 0 ? (
        <details className={styles['more']}>
          <summary>More settings</summary>
          <div className={styles['form']}>
            {more.map((field) => (
              <ModelField key={field.id} field={field} values={values} onChange={onChange} />
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );
}
