import { useId, useState } from 'react';
import type { SubmitEvent } from 'react';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import { WISHES, readWish, wishTexts } from './spec-fields.ts';
import type { WishField } from './spec-fields.ts';
import styles from './wish-editor.module.css';

interface WishEditorProps {
  readonly field: WishField;
  /** The value now; what the wish starts with when it is added. */
  readonly value: VibeSpec[WishField];
  readonly onSave: (value: VibeSpec[WishField]) => void;
  readonly onCancel: () => void;
}

/** Edits one wish in place. What cannot be read stays as it was typed and says what is expected. */
export function WishEditorForm({ field, value, onSave, onCancel }: WishEditorProps) {
  const { name, editor } = WISHES[field];
  const id = useId();
  const [texts, setTexts] = useState(() => wishTexts(value));
  const [problem, setProblem] = useState<string | null>(null);
  const set = (at: number, text: string) => setTexts((now) => (at < now.length ? now.with(at, text) : [...now, text]));
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const read = readWish(editor, texts);
    if (read === undefined) setProblem(EXPECTED[editor.kind]);
    else onSave(read as VibeSpec[WishField]);
  };
  return (
    <form
      className={styles['editor']}
      onSubmit={save}
      aria-label={`Change ${name}`}
      onKeyDown={(event) => (event.key === 'Escape' ? onCancel() : undefined)}
    >
      {editor.kind === 'choice' ? (
        <SelectField label={name} value={texts[0]} onChange={(event) => setTexts([event.target.value])} autoFocus>
          {editor.options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </SelectField>
      ) : null}
      {editor.kind === 'range' ? (
        <fieldset className={styles['range']} aria-describedby={problem ? id : undefined}>
          <legend className="sr">{name}</legend>
          {(['From', 'To'] as const).map((end, at) => (
            <TextField
              key={end}
              label={end}
              type="number"
              min={editor.min}
              max={editor.max}
              step={editor.step}
              value={texts[at] ?? ''}
              onChange={(event) => set(at, event.target.value)}
              autoFocus={at === 0}
            />
          ))}
        </fieldset>
      ) : null}
      {editor.kind === 'number' ? (
        <TextField
          label={name}
          type="number"
          min={editor.min}
          max={editor.max}
          value={texts[0] ?? ''}
          onChange={(event) => set(0, event.target.value)}
          autoFocus
        />
      ) : null}
      {editor.kind === 'names' || editor.kind === 'spans' ? (
        <TextField
          label={name}
          hint={editor.kind === 'names' ? 'With commas between them' : 'Such as 1960-1969, 1984'}
          value={texts[0] ?? ''}
          onChange={(event) => set(0, event.target.value)}
          autoFocus
        />
      ) : null}
      {problem ? (
        <p id={id} className={styles['problem']} role="alert">
          {problem}
        </p>
      ) : null}
      <div className={styles['buttons']}>
        <Button size="small" type="submit">
          Change
        </Button>
        <Button size="small" look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const EXPECTED = {
  names: 'Type at least one name.',
  spans: 'Type years such as 1984, or spans such as 1960-1969, with commas between them.',
  range: 'Type two numbers within the limits.',
  number: 'Type a number within the limits.',
  choice: 'Choose one.',
  none: 'This cannot be changed; remove it instead.',
} as const;
