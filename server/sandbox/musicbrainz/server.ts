import type { SandboxCatalog, SandboxRecording } from '#server/sandbox/catalog/catalog.ts';
import { createRollingWindow } from '../rolling-window.ts';
import { startSandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import type { SandboxVendor, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { textHash } from '#server/sandbox/text-hash.ts';

/** The real service allows one request a second per IP address. */
const ONE_A_SECOND = { requests: 1, windowMs: 1000 } as const;
/** One recording in 11 is unknown to MusicBrainz: about 9%. */
const UNKNOWN_EVERY = 11;
/** One known recording in 7 has no genre. */
const UNTAGGED_EVERY = 7;

export interface MusicbrainzOptions {
  readonly catalog: SandboxCatalog;
  readonly port?: number;
  /** Respond with 503 above one request a second, as the real service does. Default: off. */
  readonly throttle?: boolean;
  readonly now?: () => number;
}

/** The MusicBrainz sandbox: `GET /ws/2/isrc/{ISRC}?fmt=json&inc=artist-credits+tags+genres`. Like the real service it requires a meaningful User-Agent. */
export function startMusicbrainzSandbox({ catalog, port = 0, throttle = false, now = Date.now }: MusicbrainzOptions): Promise<SandboxVendor> {
  const waitMs = createRollingWindow(throttle ? ONE_A_SECOND : undefined);
  return startSandboxVendor(port, ({ path, query, userAgent }) => {
    if (!isMeaningful(userAgent))
      return problem(403, 'Your request has been blocked. Please identify your application with a User-Agent that has a contact address.');
    if (waitMs(now()) > 0)
      return {
        ...problem(
          503,
          'Your requests are exceeding the allowable rate limit. Please see https://musicbrainz.org/doc/XML_Web_Service/Rate_Limiting for more information.',
        ),
        headers: { 'retry-after': '1' },
      };
    const isrc = /^\/ws\/2\/isrc\/([^/]+)$/.exec(path)?.[1];
    if (isrc === undefined) return problem(404, 'Not Found');
    if (!/^[A-Za-z]{2}[A-Za-z0-9]{3}\d{7}$/.test(isrc)) return problem(400, 'Invalid isrc.');
    const recording = isKnownToMusicbrainz(isrc.toUpperCase()) ? catalog.recording(isrc.toUpperCase()) : undefined;
    if (!recording) return problem(404, 'Not Found');
    return { status: 200, body: { isrc: recording.isrc, recordings: [wire(recording, (query.get('inc') ?? '').split(/[ +]/))] } };
  });
}

/** True when the sandbox's MusicBrainz knows the recording. */
export function isKnownToMusicbrainz(isrc: string): boolean {
  return textHash(`entered:${isrc}`) % UNKNOWN_EVERY !== 0;
}

/** False for an empty User-Agent and for the default names of HTTP libraries. */
function isMeaningful(userAgent: string): boolean {
  return userAgent !== '' && !/^(node|undici|python-requests|curl|axios|Mozilla\/5\.0$)/i.test(userAgent);
}

function wire(recording: SandboxRecording, inc: readonly string[]) {
  const isTagged = textHash(`tags:${recording.isrc}`) % UNTAGGED_EVERY !== 0;
  const tags = isTagged ? recording.genres.map((name, i) => ({ name, count: 5 - Math.min(4, i * 2) })) : [];
  const credit = recording.artists.map(({ id, name }, i) => ({
    name,
    joinphrase: i < recording.artists.length - 1 ? ' feat. ' : '',
    artist: { id: mbid(id), name, 'sort-name': name, disambiguation: '' },
  }));
  return {
    id: mbid(recording.isrc),
    title: recording.title,
    length: recording.durationMs,
    disambiguation: '',
    video: false,
    'first-release-date': recording.firstReleaseDate,
    ...(inc.includes('artist-credits') ? { 'artist-credit': credit } : {}),
    ...(inc.includes('tags') ? { tags: tags.toReversed() } : {}),
    ...(inc.includes('genres') ? { genres: tags.toReversed().map((tag) => ({ ...tag, id: mbid(tag.name), disambiguation: '' })) } : {}),
  };
}

function mbid(text: string): string {
  const hex = [1, 2, 3, 4].map((part) => textHash(`${part}:${text}`).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function problem(status: number, error: string): VendorResponse {
  return { status, body: { error, help: 'For usage, please see: https://musicbrainz.org/development/mmd' } };
}
