import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { ListCandidate } from '#shared/contracts/discovery/import-list.ts';
import { compareLine, compareTrack, judgeMatch } from './judge-match.ts';
import type { ComparedTrack } from './judge-match.ts';
import type { ListedLine } from './listed-track.ts';

/** What a line turned out to be, so far. */
export interface LineVerdict {
  readonly by: 'link' | 'isrc' | 'words' | null;
  /** Best first. */
  readonly candidates: readonly ListCandidate[];
}

/** Candidates that are kept for each line. */
const KEPT_MAX = 5;
const STEP_LINES = 20;
const NOTHING: LineVerdict = { by: null, candidates: [] };

/** Judges lines of a list against recordings of a catalog with titles and names, and keeps the best for each line. */
export class ListJudge {
  readonly #catalog: Catalog;
  readonly #compared = new Map<number, ComparedTrack>();
  readonly #verdicts = new Map<ListedLine, LineVerdict>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** A link or an ISRC says which recording a line means. */
  decide(track: ListedLine, { row, by }: { readonly row: number; readonly by: 'link' | 'isrc' }): void {
    this.#verdicts.set(track, { by, candidates: [this.#candidate(row, 1)] });
  }

  /** Compares lines with rows that they may mean. Pauses often. */
  *consider(questions: readonly { readonly track: ListedLine; readonly rows: readonly number[] }[]): Generator<void, void> {
    for (const [at, { track, rows }] of questions.entries()) {
      const line = compareLine(track);
      const judged = rows.map((row) => ({ row, confidence: judgeMatch(line, this.#comparedTrack(row)) })).filter(({ confidence }) => confidence > 0);
      this.#keep(track, judged);
      if (at % STEP_LINES === 0) yield;
    }
  }

  /** The best confidence of a line, 0 when nothing is known. */
  confidenceOf(track: ListedLine): number {
    return this.verdictOf(track).candidates[0]?.confidence ?? 0;
  }

  verdictOf(track: ListedLine): LineVerdict {
    return this.#verdicts.get(track) ?? NOTHING;
  }

  #keep(track: ListedLine, judged: readonly { readonly row: number; readonly confidence: number }[]): void {
    if (judged.length === 0) return;
    const popularity = (row: number) => this.#catalog.numbers.popularity[row] || 0;
    const sorted = judged
      .toSorted((a, b) => b.confidence - a.confidence || popularity(b.row) - popularity(a.row) || a.row - b.row)
      .slice(0, KEPT_MAX);
    const found = sorted.map(({ row, confidence }) => this.#candidate(row, confidence));
    const known = this.verdictOf(track).candidates.filter(({ recordingId }) => found.every((one) => one.recordingId !== recordingId));
    const candidates = [...known, ...found].toSorted((a, b) => b.confidence - a.confidence).slice(0, KEPT_MAX);
    this.#verdicts.set(track, { by: 'words', candidates });
  }

  #comparedTrack(row: number): ComparedTrack {
    const known = this.#compared.get(row);
    if (known) return known;
    const { title, artists, album, durationMs } = this.#candidate(row, 0);
    const compared = compareTrack(title, artists, { durationMs, album });
    this.#compared.set(row, compared);
    return compared;
  }

  #candidate(row: number, confidence: number): ListCandidate {
    const catalog = this.#catalog;
    return {
      recordingId: catalog.recordingIds[row] ?? 0,
      title: catalog.titles?.[row] ?? '',
      artists: [...artistsOf(catalog, row)].map((artist) => catalog.artistNames[artist] ?? ''),
      album: catalog.albumNames?.[catalog.albums[row] ?? 0] ?? '',
      durationMs: catalog.numbers.duration_ms[row] ?? 0,
      confidence,
    };
  }
}
