import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import type { LineProblem, LineReading } from './listed-track.ts';

/** What a line points to, beside its words. */
interface LineReference {
  readonly trackId: string | null;
  readonly isrc: string | null;
  readonly problem: LineProblem | null;
  readonly local: LineReading | null;
  /** The line without the reference. */
  readonly rest: string;
}

const SPOTIFY = /<?["']?(?:https?:\/\/(?:open|play)\.spotify\.com\/[^\s"'<>]*|(?:open|play)\.spotify\.com\/[^\s"'<>]*|spotify:[^\s"'<>]+)["']?>?/i;
const OTHER_LINK = /https?:\/\/[^\s"'<>]+/i;
const ISRC = /(?:^|[\s([,;|])(?:isrc[:\s]*)?([A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5})(?=$|[\s)\],;|])/i;
const BARE_ID = /^[0-9A-Za-z]{22}$/;
const PROBLEMS: Readonly<Record<string, LineProblem>> = {
  album: 'album_link',
  artist: 'artist_link',
  playlist: 'playlist_link',
  user: 'playlist_link',
};

/** Finds a Spotify link, a local file or an ISRC in a line. Makes no requests. */
export function readReference(text: string): LineReference {
  const none = { trackId: null, isrc: null, problem: null, local: null, rest: text };
  const link = SPOTIFY.exec(text)?.[0];
  if (link !== undefined) return { ...none, ...readSpotify(link), rest: text.replace(link, ' ').trim() };
  if (BARE_ID.test(text) && /\d/.test(text)) return { ...none, trackId: text, rest: '' };
  const isrc = ISRC.exec(text);
  const code = normalizeIsrc(isrc?.[1]);
  if (isrc && code !== null) return { ...none, isrc: code, rest: text.replace(isrc[0], ' ').trim() };
  const other = OTHER_LINK.exec(text)?.[0];
  if (other !== undefined) return { ...none, problem: 'other_link', rest: text.replace(other, ' ').trim() };
  return none;
}

function readSpotify(link: string): Pick<LineReference, 'trackId' | 'problem' | 'local'> {
  const none = { trackId: null, problem: null, local: null };
  const bare = link.replaceAll(/^[<"']+|[>"']+$/g, '');
  if (/^spotify:local:/i.test(bare)) return { ...none, local: readLocal(bare), problem: readLocal(bare) ? null : 'broken_link' };
  const read = parseSpotifyLink(bare, 'track');
  if (read.kind === 'refused') return { ...none, problem: 'broken_link' };
  return read.type === 'track' ? { ...none, trackId: read.id } : { ...none, problem: PROBLEMS[read.type] ?? 'podcast' };
}

/** `spotify:local:<artist>:<album>:<title>:<seconds>`, each encoded as in a form. */
function readLocal(uri: string): LineReading | null {
  const [artist = '', , title = ''] = uri.split(':').slice(2).map(decoded);
  return title === '' ? null : { title, artists: artist === '' ? null : artist };
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced).trim();
  } catch {
    return spaced.trim();
  }
}
