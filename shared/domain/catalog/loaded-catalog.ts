import type { Catalog } from './catalog-columns.ts';

/** The catalog in columns, and where each recording is in it. */
export interface LoadedCatalog {
  readonly catalog: Catalog;
  /** Row of each recording id, -1 if there is none. */
  readonly rowOf: Int32Array;
}
