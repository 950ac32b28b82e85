import type { SimulatedDay, SimulationResult } from '#shared/contracts/policies/policy-views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** One list of one day, real or simulated. */
export interface TalliedList {
  readonly index: number;
  /** Target number of entries. */
  readonly wanted: number;
  /** Remaining candidates of its policy after it was filled. */
  readonly candidatesLeft: number;
  /** In playing order; empty when it could not be filled. `lastUsedOn` is the day of the previous stay, null when there was none or the stay continues. */
  readonly entries: readonly { readonly row: number; readonly lastUsedOn: string | null }[];
}

/** Adds up the statistics of simulated days. Real days added up the same way are comparable. */
export class SimulationTally {
  readonly #catalog: Catalog;
  readonly #before = new Map<number, ReadonlySet<number>>();
  readonly #days: SimulatedDay[] = [];
  readonly #recordings = new Set<number>();
  readonly #artists = new Set<number>();
  readonly #reuse = new Map<number, number>();
  #entries = 0;
  #dryDay: string | null = null;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Sets a list's content before the first day, so that the first day's share of new tracks can be calculated. */
  setBefore(index: number, rows: readonly number[]): void {
    this.#before.set(index, new Set(rows));
  }

  addDay(day: string, lists: readonly TalliedList[]): void {
    const filled = lists.filter((list) => list.entries.length > 0);
    const entries = filled.flatMap((list) => list.entries);
    const artists = new Set(entries.flatMap(({ row }) => [...artistsOf(this.#catalog, row)]));
    const fresh = filled.reduce((sum, list) => sum + list.entries.filter(({ row }) => !this.#before.get(list.index)?.has(row)).length, 0);
    const wanted = lists.reduce((sum, list) => sum + (list.entries.length || list.wanted), 0);
    this.#days.push({
      day,
      published: filled.length,
      unfilled: lists.length - filled.length,
      fillRate: share(entries.length, wanted, 1),
      fresh: share(fresh, entries.length, 0),
      artistSpread: share(artists.size, entries.length, 0),
      candidates: lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.candidatesLeft)),
    });
    if (filled.length < lists.length) this.#dryDay ??= day;
    this.#entries += entries.length;
    for (const artist of artists) this.#artists.add(artist);
    for (const { row, lastUsedOn } of entries) this.#addEntry(row, lastUsedOn === null ? null : dayNumber(day) - dayNumber(lastUsedOn));
    for (const list of filled)
      this.setBefore(
        list.index,
        list.entries.map((entry) => entry.row),
      );
  }

  result(from: string, digest: string): SimulationResult {
    return {
      from,
      days: this.#days,
      dryDay: this.#dryDay,
      entries: this.#entries,
      distinctRecordings: this.#recordings.size,
      distinctArtists: this.#artists.size,
      reuseDistances: [...this.#reuse].map(([days, count]) => ({ days, count })).toSorted((a, b) => a.days - b.days),
      digest,
    };
  }

  #addEntry(row: number, distance: number | null): void {
    this.#recordings.add(row);
    if (distance !== null) this.#reuse.set(distance, (this.#reuse.get(distance) ?? 0) + 1);
  }
}

/** One list as a line of the digest input: day, playlist number, recordings in their order; no recordings when it could not be filled. */
export function digestLine(day: string, index: number, recordingIds: readonly number[]): string {
  return `${day}\t${index}\t${recordingIds.join(' ')}\n`;
}

function share(part: number, whole: number, ofNothing: number): number {
  return whole === 0 ? ofNothing : part / whole;
}
