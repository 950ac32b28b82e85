import { PencilSimple } from '@phosphor-icons/react/PencilSimple';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { IconButton } from '#web/ui/controls/button.tsx';
import styles from './editable-name.module.css';

interface EditableNameProps {
  readonly name: string;
  /** Absent where it cannot be changed. */
  readonly onChange?: ((name: string) => void) | undefined;
  readonly as?: 'h1' | 'h2';
}

/** The name of a list, which a person can change in place. Esc leaves it as it was. */
export function EditableName({ name, onChange, as: Heading = 'h2' }: EditableNameProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = (event?: SubmitEvent) => {
    event?.preventDefault();
    const next = typed?.trim() ?? '';
    setTyped(null);
    if (next !== '' && next !== name) onChange?.(next);
  };
  if (typed === null) {
    return (
      <div className={styles['name']}>
        <Heading>{name}</Heading>
        {onChange ? (
          <IconButton name="Change the name" onClick={() => setTyped(name)}>
            <PencilSimple size={20} aria-hidden />
          </IconButton>
        ) : null}
      </div>
    );
  }
  return (
    <form onSubmit={save} className={styles['form']}>
      <input
        aria-label="Name"
        value={typed}
        maxLength={100}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => save()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
        }}
      />
    </form>
  );
}
