import type { NumberLists } from './catalog-columns.ts';

/** Copies the values into a longer array. */
export function growTo<A extends Int32Array | Uint8Array | Float32Array>(values: A, length: number): A {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a typed array's constructor makes its own kind
  const longer = new (values.constructor as new (length: number) => A)(length);
  longer.set(values);
  return longer;
}

/** Assigns numbers to distinct texts, from 0 in the order of first use. */
export class Interner {
  readonly numbers = new Map<string, number>();
  readonly words: string[] = [];

  numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const next = this.words.length;
    this.numbers.set(word, next);
    this.words.push(word);
    return next;
  }
}

/** Collects one list of numbers per row into two flat arrays. */
export class ListsBuilder {
  #rows = 0;
  #length = 0;
  #offsets: Int32Array;
  #values: Int32Array;

  constructor(rows: number, valuesPerRow: number) {
    this.#offsets = new Int32Array(rows + 1);
    this.#values = new Int32Array(Math.max(16, rows * valuesPerRow));
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = growTo(this.#values, this.#length * 2);
    this.#values[this.#length++] = value;
  }

  endRow(): void {
    if (this.#rows + 1 === this.#offsets.length) this.#offsets = growTo(this.#offsets, this.#offsets.length * 2);
    this.#offsets[++this.#rows] = this.#length;
  }

  build(): NumberLists {
    return { offsets: this.#offsets.subarray(0, this.#rows + 1), values: this.#values.subarray(0, this.#length) };
  }
}
