import { X } from '@phosphor-icons/react/X';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import styles from '../editor/controls.module.css';

interface WordsBoxProps {
  readonly label: string;
  readonly words: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
  /** Suggestions come from the datalist `known-…` of this kind on the page. */
  readonly kind?: string;
}

/** An input for several words, each with a remove button. Enter, a comma or leaving the input adds the typed word; Backspace in the empty input removes the last one. */
export function WordsInput({ label, words, onChange, kind }: WordsBoxProps) {
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    const added = text
      .split(',')
      .map((word) => word.trim())
      .filter((word, at, all) => word !== '' && !words.includes(word) && all.indexOf(word) === at);
    setTyped('');
    if (added.length > 0) onChange([...words, ...added]);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '' && words.length > 0) {
      onChange(words.slice(0, -1));
    }
  };
  return (
    <span className={styles['words']}>
      {words.map((word) => (
        <button key={word} type="button" aria-label={`Remove ${word}`} onClick={() => onChange(words.filter((one) => one !== word))}>
          {word} <X size={12} aria-hidden />
        </button>
      ))}
      <input
        type="text"
        aria-label={label}
        list={kind ? `known-${kind}` : undefined}
        placeholder={words.length === 0 ? 'Type, then Enter' : 'Add more…'}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKey}
        onBlur={() => add(typed)}
      />
    </span>
  );
}
