import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import type { ReactNode } from 'react';
import { Chip } from '../controls/chip.tsx';
import styles from './list-filter.module.css';

interface NarrowProps<K extends string> {
  /** Label and placeholder that name what is searched: "Find by theme, policy or account". */
  readonly label: string;
  readonly query: string;
  readonly onQueryChange: (query: string) => void;
  readonly choices: readonly { readonly key: K | undefined; readonly name: string; readonly count: ReactNode }[];
  readonly chosen: K | undefined;
  readonly onChoose: (key: K | undefined) => void;
  /** Announces the number of results to screen readers. */
  readonly status: string;
}

/** Filters a long list by a search text and by one of a few states. */
export function ListFilter<K extends string>({ label, query, onQueryChange, choices, chosen, onChoose, status }: NarrowProps<K>) {
  return (
    <div className={styles['narrow']} role="search">
      <label className={styles['find']}>
        <MagnifyingGlass size={16} aria-hidden />
        <span className="sr">{label}</span>
        <input type="search" placeholder={label} value={query} onChange={(event) => onQueryChange(event.target.value)} />
      </label>
      <div className={styles['choices']} role="group" aria-label="Show">
        {choices.map(({ key, name, count }) => (
          <Chip key={name} chosen={chosen === key} onClick={() => onChoose(key)}>
            {name} {count}
          </Chip>
        ))}
      </div>
      <p className="sr" role="status">
        {status}
      </p>
    </div>
  );
}
