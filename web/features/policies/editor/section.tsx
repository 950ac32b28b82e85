import { CaretRight } from '@phosphor-icons/react/CaretRight';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useEditor } from './editor-context.ts';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** The current settings in a few words; shown in full while the section is collapsed. */
  readonly summary: string;
  /** The policy keys that this section edits. A problem or conflict in one of them expands the section. */
  readonly parts: readonly string[];
  readonly startsOpen?: boolean;
  readonly children: ReactNode;
}

/** A collapsible section of the builder. Shows a summary while collapsed; a problem inside expands it. */
export function Section({ title, summary, parts, startsOpen = false, children }: SectionProps) {
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
        <span className={styles['summary']} data-open={isShown || undefined}>
          {summary}
        </span>
      </h2>
      {isShown ? <div className={styles['body']}>{children}</div> : null}
    </section>
  );
}
