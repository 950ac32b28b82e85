/** Keeps the rows with the highest scores, `limit` at most. Equal scores go to the higher tie-break, then to the lower row. */
export class TopRows {
  readonly #limit: number;
  readonly #tieOf: (row: number) => number;
  /** A heap whose first element is the worst that is kept. */
  readonly #heap: number[] = [];
  readonly #scores = new Map<number, number>();

  constructor(limit: number, tieOf: (row: number) => number = () => 0) {
    this.#limit = limit;
    this.#tieOf = tieOf;
  }

  /** Offers a row once. A score that is not a number is not kept. */
  offer(row: number, score: number): void {
    if (Number.isNaN(score) || this.#limit <= 0) return;
    const worst = this.#heap[0];
    if (this.#heap.length < this.#limit) {
      this.#scores.set(row, score);
      this.#heap.push(row);
      this.#rise(this.#heap.length - 1);
    } else if (worst !== undefined && this.#isBetter({ row, score }, worst)) {
      this.#scores.delete(worst);
      this.#scores.set(row, score);
      this.#heap[0] = row;
      this.#sink();
    }
  }

  /** The kept rows, best first, with their scores. */
  sorted(): { rows: Int32Array; scores: Float32Array } {
    const rows = Int32Array.from(this.#heap.toSorted((a, b) => (this.#isBetter({ row: a, score: this.#scoreOf(a) }, b) ? -1 : 1)));
    return { rows, scores: Float32Array.from(rows, (row) => this.#scoreOf(row)) };
  }

  #scoreOf(row: number): number {
    return this.#scores.get(row) ?? 0;
  }

  #isBetter({ row, score }: { readonly row: number; readonly score: number }, than: number): boolean {
    const other = this.#scoreOf(than);
    if (score !== other) return score > other;
    const [tie, otherTie] = [this.#tieOf(row), this.#tieOf(than)];
    return tie === otherTie ? row < than : tie > otherTie;
  }

  #isWorse(a: number, b: number): boolean {
    return this.#isBetter({ row: b, score: this.#scoreOf(b) }, a);
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(this.#heap[at] ?? 0, this.#heap[parent] ?? 0)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#isWorse(this.#heap[child] ?? 0, this.#heap[worst] ?? 0)) worst = child;
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a] ?? 0, this.#heap[b] ?? 0];
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
