import { useId, useState } from 'react';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import styles from '../editor/controls.module.css';

interface NumberBoxProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly isWrong?: boolean;
  readonly id?: string;
  readonly describedBy?: string | undefined;
}

/** A number input. Text that is not a number yet stays in the input without an edit, so that clearing it changes nothing. */
export function NumberInput({ label, value, onChange, isWrong = false, describedBy, id, ...range }: NumberBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...range}
      id={id}
      type="number"
      inputMode="decimal"
      className={styles['number']}
      aria-label={id ? undefined : label}
      aria-invalid={isWrong || undefined}
      aria-describedby={describedBy}
      value={typed ?? String(value)}
      onChange={(event) => {
        const { value: text } = event.target;
        setTyped(text);
        if (text.trim() !== '' && Number.isFinite(Number(text))) onChange(Number(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** An input for a length in minutes and seconds: "4:30". The value is in milliseconds. */
export function LengthInput({ label, value, onChange }: Pick<NumberBoxProps, 'label' | 'value' | 'onChange'>) {
  const [typed, setTyped] = useState<string | null>(null);
  const seconds = Math.round(value / 1_000);
  return (
    <input
      type="text"
      inputMode="numeric"
      className={styles['number']}
      aria-label={`${label}, minutes and seconds`}
      value={typed ?? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}
      onChange={(event) => {
        setTyped(event.target.value);
        const match = /^(\d{1,3})(?::([0-5]?\d))?$/u.exec(event.target.value.trim());
        if (match) onChange((Number(match[1]) * 60 + Number(match[2] ?? 0)) * 1_000);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

interface NumberLineProps extends NumberBoxProps {
  readonly unit?: string;
  readonly hint?: string;
  readonly problem?: string | null;
  /** Path in the policy document; links from problems and conflicts lead here. */
  readonly path: string;
}

/** A number input with a label before it and a unit after it. */
export function NumberRow({ label, unit, hint, problem = null, path, ...box }: NumberLineProps) {
  const id = useId();
  const hasNote = problem !== null || hint !== undefined;
  return (
    <div className={styles['numberLine']} data-path={path}>
      <label htmlFor={id}>{label}</label>
      <span>
        <NumberInput {...box} id={id} label={label} isWrong={problem !== null} describedBy={hasNote ? `${id}-note` : undefined} />
        {unit ? <span className={styles['unit']}>{unit}</span> : null}
      </span>
      {hasNote ? (
        <p id={`${id}-note`} className={problem ? styles['problem'] : styles['hint']}>
          {problem ? <WarningCircle size={16} className="icon" aria-hidden /> : null} {problem ?? hint}
        </p>
      ) : null}
    </div>
  );
}
