/** One way to read a line: a title, and the artists' names as one text where the line has them. */
export interface LineReading {
  readonly title: string;
  readonly artists: string | null;
  /** Set when a part of the line, such as an album, is left out of this reading. */
  readonly leavesOut?: true;
}

/** Why a line cannot be a track. */
export type LineProblem = 'podcast' | 'album_link' | 'artist_link' | 'playlist_link' | 'broken_link' | 'other_link' | 'no_words';

/** One line of a list as read, before it is looked up. */
export interface ListedLine {
  /** From 1, in the text as given. */
  readonly line: number;
  readonly given: string;
  readonly trackId: string | null;
  readonly isrc: string | null;
  /** The likeliest first. */
  readonly readings: readonly LineReading[];
  readonly durationMs: number | null;
  readonly album: string | null;
  readonly isLocalFile: boolean;
  readonly problem: LineProblem | null;
}

/** A list as read. */
export interface ReadList {
  readonly format: 'lines' | 'csv' | 'jspf';
  readonly name: string | null;
  readonly tracks: readonly ListedLine[];
  readonly blank: number;
}

const NOTES: Readonly<Record<LineProblem, string>> = {
  podcast: 'A podcast or an audiobook, not music. It is left out.',
  album_link: 'A link to an album, not to a track. Add its tracks one by one, or use the album as a seed.',
  artist_link: 'A link to an artist, not to a track. Use the artist as a seed.',
  playlist_link: 'A link to a playlist. Export it as CSV, for example with Exportify, and paste that.',
  broken_link: 'This is not a complete Spotify link. Copy it again, or search for the title.',
  other_link: 'A link to another site. Write artist and title instead.',
  no_words: 'There is no title on this line.',
};

/** What is wrong with a line and what to do, as sentences. */
export function describeLineProblem(problem: LineProblem): string {
  return NOTES[problem];
}
