import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { cutText } from '#shared/domain/text.ts';
import { z } from 'zod';
import type { ListedLine, ReadList } from './listed-track.ts';
import { readReference } from './read-link.ts';

const text = z.string().catch('');
const addresses = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);
const track = z.object({ title: text, creator: text, album: text, duration: z.number().catch(0), location: addresses, identifier: addresses });
/** What is read of JSPF (xspf.org/jspf). Unknown and odd values are left out, never a reason to refuse the list. */
const jspf = z.object({ playlist: z.object({ title: text, track: z.array(z.unknown()) }) });

type JspfTrack = z.infer<typeof track>;

/** Reads a JSPF document; undefined when the text is none. Tracks are numbered as lines. */
export function readJspf(document: string): ReadList | undefined {
  const parsed = jspf.safeParse(jsonOf(document));
  if (!parsed.success) return undefined;
  const { title, track: tracks } = parsed.data.playlist;
  const read = tracks.map((one) => track.parse(typeof one === 'object' && one !== null ? one : {}));
  return { format: 'jspf', name: title.trim() === '' ? null : cutText(title.trim(), 100), tracks: read.map(trackOf), blank: 0 };
}

function jsonOf(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function trackOf({ title, creator, album, duration, location, identifier }: JspfTrack, at: number): ListedLine {
  const references = [...identifier, ...location].map((address) => readReference(address.trim()));
  const spotify = references.find(({ trackId }) => trackId !== null);
  const isrc = identifier.map((address) => normalizeIsrc(address.replace(/^.*[:/]/, ''))).find((code) => code !== null) ?? null;
  const name = cutText(title.trim(), 300);
  const artists = cutText(creator.trim(), 300);
  const problem = references.find((one) => one.problem === 'podcast')?.problem ?? null;
  const isNothing = name === '' && !spotify && isrc === null;
  return {
    line: at + 1,
    given: cutText([artists, name].filter((part) => part !== '').join(' - ') || (location[0] ?? identifier[0] ?? ''), 300),
    trackId: spotify?.trackId ?? null,
    isrc,
    readings: name === '' ? [] : [{ title: name, artists: artists === '' ? null : artists }],
    durationMs: duration > 0 ? Math.round(duration) : null,
    album: album.trim() === '' ? null : cutText(album.trim(), 300),
    isLocalFile: references.some(({ local }) => local !== null),
    problem: problem ?? (isNothing ? 'no_words' : null),
  };
}
