import { CaretRight } from '@phosphor-icons/react/CaretRight';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useEditor } from './editor-context.ts';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** What it says now, in a few words; the whole of it while it is folded. */
  readonly says: string;
  /** The parts of the document that stand here: problems and conflicts in them open it. */
  readonly parts: readonly string[];
  readonly startsOpen?: boolean;
  readonly children: ReactNode;
}

/** A part of the policy under its name. Folded it still says what it asks for; a problem inside unfolds it. */
export function Section({ title, says, parts, startsOpen = false, children }: SectionProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const { problems } = useEditor();
  const isWrong = problems.some(({ field }) => parts.some((part) => field === part || field.startsWith(`${part}.`)));
  const isShown = isOpen || isWrong;
  return (
    <section className={styles['section']} data-parts={parts.join(' ')}>
      <h2>
        <button type="button" aria-expanded={isShown} onClick={() => setOpen(!isShown)}>
          <CaretRight size={14} aria-hidden />
          <span>{title}</span>
        </button>
        <span className={styles['says']} data-open={isShown || undefined}>
          {says}
        </span>
      </h2>
      {isShown ? <div className={styles['body']}>{children}</div> : null}
    </section>
  );
}
