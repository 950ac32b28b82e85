import { useEffect, useId, useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { PolicyProblemView } from '#shared/contracts/policies/policy-views.ts';
import { readJson } from './json-places.ts';
import type { TextPlace } from './json-places.ts';
import styles from './json-tab.module.css';

interface JsonTabProps {
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly problems: readonly PolicyProblemView[];
  /** Where somebody asked to be led; each question is an object of its own. */
  readonly jump: { readonly path: string } | null;
}

interface Remark {
  readonly at: TextPlace;
  readonly says: string;
}

/** Line height of the editor; the marks beside it are set by the same number. */
const LINE_PX = 20;

/** The document as text, with every remark on its line. Tab indents; Esc, then Tab leaves. */
export function JsonTab({ text, onType, problems, jump }: JsonTabProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const isLeaving = useRef(false);
  const remarks = useMemo(() => remarksOn(text, problems), [text, problems]);
  const lines = text.split('\n').length;
  useEffect(() => {
    const reading = jump && area.current ? readJson(area.current.value) : null;
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
        The policy as JSON
      </label>
      <ul id={`${id}-remarks`} className={styles['remarks']} aria-live="polite">
        {remarks.map((remark) => (
          <li key={`${remark.at.line} ${remark.says}`}>
            <WarningCircle size={16} className="bad" aria-hidden />
            <span>
              <button type="button" onClick={() => area.current && goTo(area.current, remark.at)}>
                Line {remark.at.line}
              </button>
              : {remark.says}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles['editor']} data-wrong={remarks.length > 0 || undefined}>
        <ol className={styles['lines']} aria-hidden>
          {Array.from({ length: lines }, (_, at) => (
            // A line is its number.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at} data-wrong={remarks.some((remark) => remark.at.line === at + 1) || undefined}>
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
          aria-invalid={remarks.length > 0 || undefined}
          aria-describedby={`${id}-remarks`}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKey}
        />
      </div>
      <p className="small muted">Tab indents. Esc, then Tab goes on to the next thing on the page.</p>
    </div>
  );
}

function goTo(area: HTMLTextAreaElement, { line, column }: TextPlace): void {
  const before = area.value.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(start, start);
}

function remarksOn(text: string, problems: readonly PolicyProblemView[]): Remark[] {
  const reading = readJson(text);
  if (reading.kind === 'broken') return [{ at: reading.at, says: reading.message }];
  return problems.map(({ field, message, remedy }) => ({ at: reading.placeOf(field), says: `${message} ${remedy}` }));
}
