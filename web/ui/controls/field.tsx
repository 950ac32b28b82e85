import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do. Marks the field as invalid. */
  readonly error?: string | null | undefined;
}

interface Wiring {
  readonly id: string;
  readonly className: string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

function Field({ label, hint, error, children }: FieldProps & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error) || hint !== undefined;
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      {children({ id, className: styles['control'], 'aria-invalid': error ? true : undefined, 'aria-describedby': hasNote ? noteId : undefined })}
      {hasNote ? (
        <p id={noteId} className={error ? styles['error'] : styles['hint']}>
          {error ? <WarningCircle size={16} className="icon" aria-hidden /> : null} {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}

/** A single-line input with a visible label above it. */
export function TextField({ label, hint, error, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return <Field {...{ label, hint, error }}>{(wiring) => <input {...rest} {...wiring} />}</Field>;
}

/** A multi-line input. */
export function TextArea({ label, hint, error, ...rest }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <Field {...{ label, hint, error }}>{(wiring) => <textarea {...rest} {...wiring} />}</Field>;
}

/** A native select for one choice. */
export function SelectField({ label, hint, error, children, ...rest }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field {...{ label, hint, error }}>
      {(wiring) => (
        <select {...rest} {...wiring}>
          {children}
        </select>
      )}
    </Field>
  );
}
