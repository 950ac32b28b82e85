import { useState } from 'react';
import type { ReactNode } from 'react';
import { count } from '#web/lib/words.ts';
import { Button } from '../controls/button.tsx';
import { VirtualTableBody } from './virtual-table-body.tsx';
import styles from './data-table.module.css';

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  readonly numeric?: boolean;
  /** Hides the heading visually, for actions and bars. */
  readonly bare?: boolean;
  /** CSS width in a long table, whose columns cannot fit their content; the other columns share the remaining width evenly. */
  readonly width?: string;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
  /** Shows only this many rows at first, with a button that shows all. */
  readonly first?: number;
}

/** With more rows than this, only those near the viewport are rendered. */
const LONG_TABLE_ROWS = 80;

/** A table of any length. Under 760 px each row becomes a stack: the first column as its title, the others with their column names. */
export function DataTable<T>({ first, ...table }: DataTableProps<T>) {
  const [showsAll, setShowsAll] = useState(false);
  const { rows } = table;
  if (first === undefined || showsAll || rows.length <= first) return <FullTable {...table} />;
  return (
    <>
      <FullTable {...table} rows={rows.slice(0, first)} />
      <Button look="quiet" className={styles['showAll'] ?? ''} onClick={() => setShowsAll(true)}>
        Show all {count(rows.length)}
      </Button>
    </>
  );
}

function FullTable<T>({ caption, columns, rows, keyOf }: Omit<DataTableProps<T>, 'first'>) {
  const isLong = rows.length > LONG_TABLE_ROWS;
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
        <VirtualTableBody rows={rows} keyOf={keyOf} columns={columns.length} renderCells={(row) => <Cells columns={columns} row={row} />} />
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
