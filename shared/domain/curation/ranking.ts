/** Candidates, best first. Sorts lazily, only up to the requested rank. */
export interface Ranking {
  readonly size: number;
  /** The row at a rank (from 0). Sorts the ranks up to it. */
  rowAt(rank: number): number;
  scoreAt(rank: number): number;
}

/** A candidate in a ranking. */
export interface Choice {
  readonly row: number;
  readonly score: number;
  /** Rank, from 0. */
  readonly rank: number;
}

/** Runs this short are sorted by insertion. */
const SHORT_RUN = 24;

/**
 * Ranks rows by score, highest first, ties by the lower recording id. Incremental quicksort: the first k ranks cost one pass over all rows plus k log k,
 * so that a whole network can use one ranking. Sorts the two arrays in place.
 */
export function createRanking(scores: Float64Array, rows: Int32Array, recordingIds: Int32Array): Ranking {
  return new LazyRanking(scores, rows, recordingIds);
}

class LazyRanking implements Ranking {
  readonly size: number;
  /** Ranks below this are final. */
  #sorted = 0;
  /** Ends of unsorted runs, nearest last. Every end but the first is a pivot in its final position. */
  readonly #ends: number[];
  readonly #scores: Float64Array;
  readonly #rows: Int32Array;
  readonly #ids: Int32Array;

  constructor(scores: Float64Array, rows: Int32Array, ids: Int32Array) {
    this.size = rows.length;
    this.#ends = [rows.length];
    this.#scores = scores;
    this.#rows = rows;
    this.#ids = ids;
  }

  rowAt(rank: number): number {
    this.#sortTo(rank);
    return this.#rows[rank] ?? -1;
  }

  scoreAt(rank: number): number {
    this.#sortTo(rank);
    return this.#scores[rank] ?? Number.NaN;
  }

  #sortTo(rank: number): void {
    const target = Math.min(rank, this.size - 1);
    while (this.#sorted <= target) {
      const end = this.#ends.at(-1) ?? this.size;
      if (end - this.#sorted <= SHORT_RUN) {
        this.#insertionSort(this.#sorted, end);
        this.#ends.pop();
        // The pivot at the end of the run is in its final position too.
        this.#sorted = Math.min(end + 1, this.size);
      } else {
        this.#ends.push(this.#partition(this.#sorted, end));
      }
    }
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#scores[a] ?? 0) - (this.#scores[b] ?? 0);
    return difference === 0 ? this.#idAt(a) < this.#idAt(b) : difference > 0;
  }

  #idAt(at: number): number {
    return this.#ids[this.#rows[at] ?? 0] ?? 0;
  }

  #swap(a: number, b: number): void {
    const score = this.#scores[a] ?? 0;
    const row = this.#rows[a] ?? 0;
    this.#scores[a] = this.#scores[b] ?? 0;
    this.#rows[a] = this.#rows[b] ?? 0;
    this.#scores[b] = score;
    this.#rows[b] = row;
  }

  #insertionSort(from: number, to: number): void {
    for (let i = from + 1; i < to; i++) {
      for (let at = i; at > from && this.#isBefore(at, at - 1); at--) this.#swap(at, at - 1);
    }
  }

  /** Moves a pivot to its final position within [from, to), better rows before it, and returns that position. */
  #partition(from: number, to: number): number {
    const last = to - 1;
    this.#medianToEnd(from, last);
    const scores = this.#scores;
    const pivot = scores[last] ?? 0;
    const pivotId = this.#idAt(last);
    let pivotAt = from;
    for (let at = from; at < last; at++) {
      const score = scores[at] ?? 0;
      if (score > pivot || (score === pivot && this.#idAt(at) < pivotId)) {
        if (at !== pivotAt) this.#swap(at, pivotAt);
        pivotAt += 1;
      }
    }
    this.#swap(pivotAt, last);
    return pivotAt;
  }

  /** Median of three: moves it to the end, where the partition takes its pivot. */
  #medianToEnd(first: number, last: number): void {
    const middle = (first + last) >> 1;
    if (this.#isBefore(middle, first)) this.#swap(middle, first);
    if (this.#isBefore(last, first)) this.#swap(last, first);
    if (this.#isBefore(middle, last)) this.#swap(middle, last);
  }
}
