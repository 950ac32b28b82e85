import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** A playlist that a person made: catalog rows in its order. */
export interface HumanList {
  readonly name: string;
  readonly rows: readonly number[];
}

/** A policy of the measurement, as a body of version 1. */
export interface MeasuredPolicy {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The music that lists are measured on. */
export interface Music {
  readonly catalog: Catalog;
  readonly policies: readonly MeasuredPolicy[];
  /** Empty for generated music: nobody made a playlist of it. */
  readonly human: readonly HumanList[];
}
