import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** A part of a catalog that one message carries: a column, a map, or some of its texts. */
export interface CatalogPiece {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Whether more texts of the same list may follow. */
  readonly isPart: boolean;
}

/** Copying so many texts takes about a millisecond. */
const TEXTS_A_PIECE = 5_000;

/** Splits a catalog, so that the thread that sends it can do other work between the pieces. */
export function* piecesOf(value: unknown, path: readonly string[] = []): Generator<CatalogPiece, void> {
  if (Array.isArray(value)) {
    for (let from = 0; from === 0 || from < value.length; from += TEXTS_A_PIECE) {
      yield { path, value: value.slice(from, from + TEXTS_A_PIECE), isPart: true };
    }
  } else if (isRecord(value)) for (const [key, part] of Object.entries(value)) yield* piecesOf(part, [...path, key]);
  else yield { path, value, isPart: false };
}

/** Puts the pieces of a catalog together again. */
export class CatalogAssembly {
  readonly #whole: Record<string, unknown> = {};

  add({ path, value, isPart }: CatalogPiece): void {
    let into = this.#whole;
    for (const key of path.slice(0, -1)) {
      const known = into[key];
      const next = isRecord(known) ? known : {};
      into[key] = next;
      into = next;
    }
    const last = path.at(-1) ?? '';
    const known: unknown = into[last];
    into[last] = isPart && Array.isArray(known) && Array.isArray(value) ? known.concat(value) : value;
  }

  get catalog(): Catalog {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pieces of one catalog
    return this.#whole as unknown as Catalog;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
