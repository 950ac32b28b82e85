import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { trpc } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import controls from './controls.module.css';
import styles from './parts.module.css';

interface FoundRecording {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
}

const STATUS = { loading: 'Searching…', none: 'No recordings match.' } as const;

/** Searches the catalog for a recording. Arrow keys and Enter choose without leaving the input. */
export function RecordingSearch({ label, onChoose }: { readonly label: string; readonly onChoose: (recording: FoundRecording) => void }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const query = useDebounced(typed.trim());
  const search = useQuery(trpc.playlists.findRecordings.queryOptions({ query }, { enabled: query !== '', placeholderData: keepPreviousData }));
  const isOpen = typed.trim() !== '';
  const results = isOpen ? (search.data ?? []) : [];
  const choose = (one: FoundRecording | undefined) => {
    if (!one) return;
    onChoose(one);
    setTyped('');
    setAt(0);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(results.length - 1, Math.max(0, at + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(results[at]);
    } else if (event.key === 'Escape') {
      setTyped('');
    }
  };
  return (
    <div className={styles['search']}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        className={controls['text']}
        aria-expanded={results.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={results.length > 0 ? `${id}-${at}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      {isOpen && results.length === 0 ? <p className={controls['hint']}>{search.isPending ? STATUS.loading : STATUS.none}</p> : null}
      {results.length > 0 ? (
        <ul id={`${id}-list`} role="listbox" aria-label={label} className={styles['options']}>
          {results.map((one, index) => (
            // The input keeps the focus and handles the keys; the pointer only chooses.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <li key={one.recordingId} id={`${id}-${index}`} role="option" aria-selected={index === at} onClick={() => choose(one)}>
              <b>{one.title}</b> <span className="muted">{one.artists.join(', ')}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
