import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { dayNumber, yearOf } from '#shared/domain/calendar.ts';
import { CAMELOT_CODES, camelotNumber } from './camelot.ts';
import { EITHER_FLAG, sourceNumber, UNKNOWN_DAY, UNKNOWN_FLAG } from './catalog-columns.ts';
import type { Catalog, CatalogRow, NumberLists } from './catalog-columns.ts';
import { growTo, Interner, ListsBuilder } from './growing-columns.ts';
import type { NumberField } from './fields.ts';

export interface CatalogBuilder {
  /** Appends a recording. Copies the values and keeps no reference to the row. */
  add(row: CatalogRow): void;
  build(): Catalog;
}

const NUMBER_COLUMNS: readonly NumberField[] = [...AUDIO_FEATURES, 'popularity', 'duration_ms', 'release_year', 'artist_count'];

/** Collects recordings into columns. `expectedRows` is a hint: too few costs a copy, never an error. `texts` stores titles and album names too. */
export function createCatalogBuilder(expectedRows: number, options: { readonly texts?: boolean } = {}): CatalogBuilder {
  return new ColumnsBuilder(Math.max(16, expectedRows), options.texts ?? false);
}

/** In lower case, as rules compare them. */
const CAMELOT_NUMBERS: ReadonlyMap<string, number> = new Map(CAMELOT_CODES.map((code, number) => [code.toLowerCase(), number]));

class ColumnsBuilder implements CatalogBuilder {
  #size = 0;
  #capacity: number;
  readonly #artists = new Interner();
  readonly #albums = new Interner();
  readonly #genres = new Interner();
  readonly #moods = new Interner();
  readonly #artistNames: string[] = [];
  readonly #titles: string[] | undefined;
  readonly #albumNames: string[] | undefined;
  readonly #dayNumbers = new Map<string, number>();
  readonly #artistLists: ListsBuilder;
  readonly #genreLists: ListsBuilder;
  readonly #moodLists: ListsBuilder;
  #recordingIds: Int32Array;
  #albumNumbers: Int32Array;
  #released: Int32Array;
  #ingested: Int32Array;
  #explicit: Uint8Array;
  #hasIsrc: Uint8Array;
  #source: Uint8Array;
  readonly #numbers: Float32Array[];

  constructor(capacity: number, texts: boolean) {
    this.#capacity = capacity;
    this.#titles = texts ? [] : undefined;
    this.#albumNames = texts ? [] : undefined;
    this.#artistLists = new ListsBuilder(capacity, 2);
    this.#genreLists = new ListsBuilder(capacity, 1);
    this.#moodLists = new ListsBuilder(capacity, 0);
    this.#recordingIds = new Int32Array(capacity);
    this.#albumNumbers = new Int32Array(capacity);
    this.#released = new Int32Array(capacity);
    this.#ingested = new Int32Array(capacity);
    this.#explicit = new Uint8Array(capacity);
    this.#hasIsrc = new Uint8Array(capacity);
    this.#source = new Uint8Array(capacity);
    this.#numbers = NUMBER_COLUMNS.map(() => new Float32Array(capacity));
  }

  add(row: CatalogRow): void {
    if (this.#size === this.#capacity) this.#grow();
    const at = this.#size++;
    this.#recordingIds[at] = row.recordingId;
    this.#albumNumbers[at] = this.#albums.numberOf(row.albumId);
    this.#released[at] = row.releasedOn === null ? UNKNOWN_DAY : this.#dayOf(row.releasedOn);
    this.#ingested[at] = this.#dayOf(row.ingestedOn);
    this.#explicit[at] = row.explicit === null ? UNKNOWN_FLAG : row.hasTwin ? EITHER_FLAG : Number(row.explicit);
    this.#hasIsrc[at] = Number(row.hasIsrc);
    this.#source[at] = sourceNumber(row.featuresSource);
    this.#addNumbers(at, row);
    this.#addLists(row);
    if (this.#titles) this.#titles.push(row.title ?? '');
    if (this.#albumNames) this.#albumNames[this.#albumNumbers[at] ?? 0] = row.albumName ?? '';
  }

  build(): Catalog {
    const size = this.#size;
    const numbers = Object.fromEntries(NUMBER_COLUMNS.map((field, index) => [field, this.#numbers[index]?.subarray(0, size)]));
    return {
      size,
      recordingIds: this.#recordingIds.subarray(0, size),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- NUMBER_COLUMNS names every field once, see the line above
      numbers: numbers as Record<NumberField, Float32Array>,
      days: { release_date: this.#released.subarray(0, size), ingested_on: this.#ingested.subarray(0, size) },
      flags: { explicit: this.#explicit.subarray(0, size), has_isrc: this.#hasIsrc.subarray(0, size) },
      featuresSource: this.#source.subarray(0, size),
      artists: this.#artistLists.build(),
      albums: this.#albumNumbers.subarray(0, size),
      tags: { genre: this.#genreLists.build(), mood: this.#moodLists.build(), camelot: this.#camelot() } satisfies Record<string, NumberLists>,
      tagNumbers: { genre: this.#genres.numbers, mood: this.#moods.numbers, camelot: CAMELOT_NUMBERS },
      artistNames: this.#artistNames,
      artistIds: this.#artists.words,
      albumIds: this.#albums.words,
      titles: this.#titles,
      albumNames: this.#albumNames,
    };
  }

  /** One Camelot number per row where key and mode are known; an empty list elsewhere. */
  #camelot(): NumberLists {
    const [keys, modes] = [this.#numbers[AUDIO_FEATURES.indexOf('key')], this.#numbers[AUDIO_FEATURES.indexOf('mode')]];
    const offsets = new Int32Array(this.#size + 1);
    const values = new Int32Array(this.#size);
    for (let row = 0; row < this.#size; row++) {
      const at = offsets[row] ?? 0;
      const code = camelotNumber(keys?.[row], modes?.[row]);
      if (code >= 0) values[at] = code;
      offsets[row + 1] = code >= 0 ? at + 1 : at;
    }
    return { offsets, values: values.subarray(0, offsets[this.#size]) };
  }

  #addNumbers(at: number, row: CatalogRow): void {
    const columns = this.#numbers;
    const put = (column: number, value: number | null | undefined) => {
      const values = columns[column];
      if (values) values[at] = value ?? Number.NaN;
    };
    for (let index = 0; index < AUDIO_FEATURES.length; index++) put(index, row.features[index]);
    const released = this.#released[at] ?? UNKNOWN_DAY;
    put(AUDIO_FEATURES.length, row.popularity);
    put(AUDIO_FEATURES.length + 1, row.durationMs);
    put(AUDIO_FEATURES.length + 2, released === UNKNOWN_DAY ? null : yearOf(released));
    put(AUDIO_FEATURES.length + 3, row.artistIds.length);
  }

  #addLists(row: CatalogRow): void {
    // A name or tag that two sources give counts once: caps and "has all" count list entries.
    row.artistIds.forEach((id, index) => {
      if (row.artistIds.indexOf(id) !== index) return;
      const known = this.#artists.words.length;
      const number = this.#artists.numberOf(id);
      if (number === known) this.#artistNames.push(row.artistNames?.[index] ?? '');
      this.#artistLists.push(number);
    });
    this.#artistLists.endRow();
    row.genres.forEach((genre, index) => row.genres.indexOf(genre) === index && this.#genreLists.push(this.#genres.numberOf(genre)));
    this.#genreLists.endRow();
    row.moods.forEach((mood, index) => row.moods.indexOf(mood) === index && this.#moodLists.push(this.#moods.numberOf(mood)));
    this.#moodLists.endRow();
  }

  /** Parsed once per day: many releases share few days. */
  #dayOf(text: string): number {
    const known = this.#dayNumbers.get(text);
    if (known !== undefined) return known;
    const number = dayNumber(text);
    const day = Number.isNaN(number) ? UNKNOWN_DAY : number;
    this.#dayNumbers.set(text, day);
    return day;
  }

  #grow(): void {
    const to = this.#capacity * 2;
    this.#recordingIds = growTo(this.#recordingIds, to);
    this.#albumNumbers = growTo(this.#albumNumbers, to);
    this.#released = growTo(this.#released, to);
    this.#ingested = growTo(this.#ingested, to);
    this.#explicit = growTo(this.#explicit, to);
    this.#hasIsrc = growTo(this.#hasIsrc, to);
    this.#source = growTo(this.#source, to);
    this.#numbers.forEach((column, index) => (this.#numbers[index] = growTo(column, to)));
    this.#capacity = to;
  }
}
