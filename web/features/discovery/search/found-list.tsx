import { Artwork } from '../tracks/artwork.tsx';
import type { FoundGroup, FoundOption } from './found-options.ts';
import styles from './music-search.module.css';

interface FoundListProps {
  readonly id: string;
  readonly label: string;
  readonly groups: readonly FoundGroup[];
  readonly active: FoundOption | undefined;
  readonly onChoose: (option: FoundOption) => void;
  readonly onPoint: (option: FoundOption) => void;
}

/** The results of the search by kind. The input keeps the focus; the pointer only chooses. */
export function FoundList({ id, label, groups, active, onChoose, onPoint }: FoundListProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={`${label}: results`} className={styles['found']}>
      {groups.map(({ name, options }) => (
        <div key={name} role="group" aria-label={name}>
          <p className="label" aria-hidden>
            {name}
          </p>
          {options.map((option) => (
            <div
              key={option.key}
              id={`${id}-${option.key}`}
              role="option"
              aria-selected={option === active}
              className={styles['option']}
              data-plain={option.imageUrl === null || undefined}
              onMouseMove={() => onPoint(option)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(option)}
            >
              {option.imageUrl === null ? null : <Artwork url={option.imageUrl} size={36} />}
              <span>
                <b>{option.title}</b> <span>{option.detail}</span>
              </span>
              {option === active ? <kbd aria-hidden>Enter</kbd> : null}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
