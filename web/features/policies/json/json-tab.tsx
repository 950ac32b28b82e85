import { useEffect, useId, useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { PolicyProblemView } from '#shared/contracts/policies/policy-views.ts';
import { parseJson } from './json-parser.ts';
import type { TextPosition } from './json-parser.ts';
import styles from './json-tab.module.css';

interface JsonTabProps {
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly problems: readonly PolicyProblemView[];
  /** The part to jump to. Each request is a new object, so that the same path can be requested again. */
  readonly jump: { readonly path: string } | null;
}

interface LineProblem {
  readonly at: TextPosition;
  readonly message: string;
}

/** Line height of the editor and of its line numbers, in pixels. */
const LINE_PX = 20;

/** The JSON editor, with problems listed by line. Tab indents; Esc, then Tab leaves it. */
export function JsonTab({ text, onType, problems, jump }: JsonTabProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const isLeaving = useRef(false);
  const lineProblems = useMemo(() => lineProblemsOf(text, problems), [text, problems]);
  const lines = text.split('\n').length;
  useEffect(() => {
    const reading = jump && area.current ? parseJson(area.current.value) : null;
    if (jump && area.current && reading?.kind === 'json') goTo(area.current, reading.placeOf(jump.path));
  }, [jump]);
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') isLeaving.current = true;
    else if (event.key !== 'Tab') isLeaving.current = false;
    if (event.key !== 'Tab' || event.shiftKey || isLeaving.current) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    event.currentTarget.setRangeText('  ', selectionStart, selectionEnd, 'end');
    onType(event.currentTarget.value);
  };
  return (
    <div className={styles['json']}>
      <label className="label" htmlFor={id}>
        Policy JSON
      </label>
      <ul id={`${id}-problems`} className={styles['problems']} aria-live="polite">
        {lineProblems.map((problem) => (
          <li key={`${problem.at.line} ${problem.message}`}>
            <WarningCircle size={16} className="bad" aria-hidden />
            <span>
              <button type="button" onClick={() => area.current && goTo(area.current, problem.at)}>
                Line {problem.at.line}
              </button>
              : {problem.message}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles['editor']} data-wrong={lineProblems.length > 0 || undefined}>
        <ol className={styles['lines']} aria-hidden>
          {Array.from({ length: lines }, (_, at) => (
            // A line is identified by its number.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at} data-wrong={lineProblems.some((problem) => problem.at.line === at + 1) || undefined}>
              {at + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          id={id}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          style={{ height: `${(lines + 1) * LINE_PX + 24}px` }}
          aria-invalid={lineProblems.length > 0 || undefined}
          aria-describedby={`${id}-problems`}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKey}
        />
      </div>
      <p className="small muted">Tab indents. Press Esc, then Tab to leave the editor.</p>
    </div>
  );
}

function goTo(area: HTMLTextAreaElement, { line, column }: TextPosition): void {
  const before = area.value.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(start, start);
}

function lineProblemsOf(text: string, problems: readonly PolicyProblemView[]): LineProblem[] {
  const reading = parseJson(text);
  if (reading.kind === 'broken') return [{ at: reading.at, message: reading.message }];
  return problems.map(({ field, message, remedy }) => ({ at: reading.placeOf(field), message: `${message} ${remedy}` }));
}
