/** Max-heap of ranks by their upper bound of net value; ties by the better rank. */
export class BestFirstQueue {
  readonly #ranks: number[] = [];
  readonly #worths: number[] = [];

  get size(): number {
    return this.#ranks.length;
  }

  /** Highest net value in the queue; minus infinity when it is empty. */
  get bestWorth(): number {
    return this.#worths[0] ?? Number.NEGATIVE_INFINITY;
  }

  clear(): void {
    this.#ranks.length = 0;
    this.#worths.length = 0;
  }

  push(rank: number, worth: number): void {
    let at = this.#ranks.length;
    this.#ranks.push(rank);
    this.#worths.push(worth);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Removes and returns the best rank; -1 when the queue is empty. */
  pop(): number {
    const best = this.#ranks[0] ?? -1;
    this.#swap(0, this.#ranks.length - 1);
    this.#ranks.pop();
    this.#worths.pop();
    let at = 0;
    for (;;) {
      let first = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < this.#ranks.length; child++) if (this.#isBefore(child, first)) first = child;
      if (first === at) return best;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#worths[a] ?? 0) - (this.#worths[b] ?? 0);
    return difference === 0 ? (this.#ranks[a] ?? 0) < (this.#ranks[b] ?? 0) : difference > 0;
  }

  #swap(a: number, b: number): void {
    if (a < 0 || b < 0 || a === b) return;
    const rank = this.#ranks[a] ?? 0;
    const worth = this.#worths[a] ?? 0;
    this.#ranks[a] = this.#ranks[b] ?? 0;
    this.#worths[a] = this.#worths[b] ?? 0;
    this.#ranks[b] = rank;
    this.#worths[b] = worth;
  }
}
