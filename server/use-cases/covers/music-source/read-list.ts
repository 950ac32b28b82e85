import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import { AppError } from '#shared/errors.ts';
import type { MusicSource, SourceTrack } from './music-source.ts';
import { SOURCE_TRACKS_MAX, bareTrack } from './music-source.ts';

/** Lines named in a note; a person finds the others. */
const LINES_NAMED = 5;

/** The tracks of a pasted list: a track link, URI or id, or an ISRC a line. Throws `invalid_input` when no line is one. */
export function readTrackList(text: string): MusicSource {
  const lines = text.split(/\r\n|[\n\r]/).map((line, at) => ({ line: line.trim(), number: at + 1 }));
  const filled = lines.filter(({ line }) => line !== '');
  const read = filled.map(({ line, number }) => ({ number, track: trackOf(line) }));
  const tracks = read.flatMap(({ track }) => track ?? []);
  const wrong = read.filter(({ track }) => track === undefined).map(({ number }) => number);
  if (tracks.length === 0) {
    throw new AppError('invalid_input', {
      message: filled.length === 0 ? 'The list is empty.' : 'No line of the list is a link of a track or an ISRC.',
      remedy: 'Paste one track link, track URI or ISRC a line: in Spotify select tracks and press Ctrl+C.',
      field: 'source.text',
    });
  }
  return { kind: 'list', name: null, tracks: tracks.slice(0, SOURCE_TRACKS_MAX), notes: notesOf(wrong, tracks.length), readAt: null, isStale: false };
}

function trackOf(line: string): SourceTrack | undefined {
  const link = parseSpotifyLink(line, 'track');
  if (link.kind === 'ok') return link.type === 'track' ? bareTrack(link.id) : undefined;
  const isrc = normalizeIsrc(line);
  return isrc === null ? undefined : { ...bareTrack(''), trackId: null, isrc };
}

function notesOf(wrong: readonly number[], tracks: number): readonly string[] {
  const named = wrong.slice(0, LINES_NAMED).join(', ');
  const more = wrong.length > LINES_NAMED ? ` and ${(wrong.length - LINES_NAMED).toLocaleString('en')} more` : '';
  return [
    ...(wrong.length === 0 ? [] : [`Not a link of a track or an ISRC: line ${named}${more}.`]),
    ...(tracks > SOURCE_TRACKS_MAX ? [`The first ${SOURCE_TRACKS_MAX} of ${tracks.toLocaleString('en')} tracks were analyzed.`] : []),
  ];
}
