import { Info } from '@phosphor-icons/react/Info';
import { Prohibit } from '@phosphor-icons/react/Prohibit';
import { Question } from '@phosphor-icons/react/Question';
import { Warning } from '@phosphor-icons/react/Warning';
import type { ReactNode } from 'react';
import type { VibeListView, VibeNoticeView } from '#shared/contracts/discovery/generate-vibe.ts';
import styles from './vibe-notes.module.css';

const ICONS = { unhonored: Prohibit, conflict: Warning, relaxed: Warning, note: Info, question: Question } as const;
const HEADS = { unhonored: 'Cannot be honored.', conflict: 'Contradiction.', relaxed: 'Relaxed.', note: '', question: 'Not clear.' } as const;

interface VibeNotesProps {
  readonly vibe: VibeListView;
  readonly onAskAgain: () => void;
}

/** What a person should know about a reading: who read it, what no field can honor, what was relaxed, what was cut. */
export function VibeNotes({ vibe, onAskAgain }: VibeNotesProps) {
  const { notices, questions, fallback, isCut } = vibe;
  return (
    <ul className={styles['notes']} aria-label="About this list">
      {fallback === null ? null : (
        <Note kind="relaxed" head={fallback}>
          Segue’s own lexicon read the sentence instead: it knows genres, moods, years and numbers, but no places or films.{' '}
          <button type="button" onClick={onAskAgain}>
            Ask the model again
          </button>
        </Note>
      )}
      {isCut ? (
        <Note kind="note" head="Cut.">
          Only the beginning of the text was read.
        </Note>
      ) : null}
      {questions.map((question) => (
        <Note key={question} kind="question">
          {question}
        </Note>
      ))}
      {notices.map(({ kind, text }) => (
        <Note key={`${kind} ${text}`} kind={kind}>
          {text}
        </Note>
      ))}
    </ul>
  );
}

/** Who read the sentence, in words. */
export function readerName({ readBy }: VibeListView): string {
  if (readBy === 'chips') return 'From your chips';
  return readBy === 'lexicon' ? 'Read by Segue’s lexicon, no model' : `Read by ${readBy}`;
}

interface NoteProps {
  readonly kind: VibeNoticeView['kind'] | 'question';
  readonly head?: string;
  readonly children: ReactNode;
}

function Note({ kind, head = HEADS[kind], children }: NoteProps) {
  const Icon = ICONS[kind];
  return (
    <li data-kind={kind}>
      <Icon size={16} aria-hidden />
      <span>
        {head === '' ? null : <b>{head} </b>}
        {children}
      </span>
    </li>
  );
}
