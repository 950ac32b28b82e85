import { useState } from 'react';
import type { ReactNode } from 'react';
import { count } from '#web/lib/words.ts';
import { Button } from '../controls/button.tsx';
import { LongBody } from './long-body.tsx';
import styles from './data-table.module.css';

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  readonly numeric?: boolean;
  /** Hides the heading where the cell needs none: actions, bars. */
  readonly bare?: boolean;
  /** Its part of a long table, whose columns cannot follow what is in them; the others share the rest evenly. */
  readonly width?: string;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
  /** Where the table is an aside: so many rows, and the rest when it is asked for. */
  readonly first?: number;
}

/** With more rows than this, only those near the screen are drawn. */
const LONG = 80;

/** A table with a quiet head, of any length. Under 760 px each row becomes a small stack: first column as its title, the others with their names. */
export function DataTable<T>({ first, ...table }: DataTableProps<T>) {
  const [isAll, setAll] = useState(false);
  const { rows } = table;
  if (first === undefined || isAll || rows.length <= first) return <WholeTable {...table} />;
  return (
    <>
      <WholeTable {...table} rows={rows.slice(0, first)} />
      <Button look="quiet" className={styles['rest'] ?? ''} onClick={() => setAll(true)}>
        Show all {count(rows.length)}
      </Button>
    </>
  );
}

function WholeTable<T>({ caption, columns, rows, keyOf }: Omit<DataTableProps<T>, 'first'>) {
  const isLong = rows.length > LONG;
  return (
    <table className={styles['table']} data-long={isLong || undefined} aria-rowcount={isLong ? rows.length + 1 : undefined}>
      <caption className="sr">{caption}</caption>
      <thead>
        <tr aria-rowindex={isLong ? 1 : undefined}>
          {columns.map((column) => (
            <th
              key={column.head}
              scope="col"
              data-numeric={column.numeric}
              data-bare={column.bare}
              style={isLong && column.width ? { width: column.width } : undefined}
            >
              {column.bare ? <span className="sr">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      {isLong ? (
        <LongBody rows={rows} keyOf={keyOf} columns={columns.length} renderCells={(row) => <Cells columns={columns} row={row} />} />
      ) : (
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <Cells columns={columns} row={row} />
            </tr>
          ))}
        </tbody>
      )}
    </table>
  );
}

function Cells<T>({ columns, row }: { readonly columns: readonly Column<T>[]; readonly row: T }) {
  return columns.map((column, at) => (
    <td
      key={column.head}
      data-numeric={column.numeric}
      data-bare={column.bare}
      data-label={at === 0 || column.bare ? undefined : column.head}
      data-first={at === 0 || undefined}
    >
      <div>{column.cell(row)}</div>
    </td>
  ));
}
