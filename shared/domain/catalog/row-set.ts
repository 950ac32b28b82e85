/** A set of catalog rows as a bit set: one bit per recording of the catalog. */
export class RowSet {
  #bits: Uint32Array;

  constructor(size: number, rows: Iterable<number> = []) {
    this.#bits = new Uint32Array(Math.ceil(size / 32));
    for (const row of rows) this.add(row);
  }

  /** The set that `bits` was read from, as in a message from another thread. */
  static fromBits(bits: Uint32Array): RowSet {
    const set = new RowSet(0);
    set.#bits = bits;
    return set;
  }

  get bits(): Uint32Array {
    return this.#bits;
  }

  add(row: number): void {
    const at = row >>> 5;
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 31));
  }

  has(row: number): boolean {
    return (((this.#bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }
}
