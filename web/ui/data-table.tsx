import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  readonly numeric?: boolean;
  /** Hides the heading where the cell needs none: actions, bars. */
  readonly bare?: boolean;
}

/** A table with a quiet head. Under 760 px each row becomes a small stack: first column as its title, the others with their names. */
export function DataTable<T>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
}) {
  return (
    <table className={styles['table']}>
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" data-numeric={column.numeric} data-bare={column.bare}>
              {column.bare ? <span className="sr">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, at) => (
              <td
                key={column.head}
                data-numeric={column.numeric}
                data-bare={column.bare}
                data-label={at === 0 || column.bare ? undefined : column.head}
                data-first={at === 0 || undefined}
              >
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
