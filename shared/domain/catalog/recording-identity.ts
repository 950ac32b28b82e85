import type { RecordingId } from '#shared/ids.ts';
import type { IdentityBasis } from '#shared/vocabulary.ts';
import { hashText } from '#shared/domain/hash.ts';
import { cutText } from '#shared/domain/text.ts';
import { normalizeArtist, normalizeTitle } from './normalize-title.ts';

export { normalizeArtist, normalizeTitle } from './normalize-title.ts';

/** Releases of one performance differ by silence at the ends; two performances of a song rarely differ by less than three seconds. */
export const SAME_RECORDING_WITHIN_MS = 3_000;

/** Postgres indexes values up to about 2.7 kB; a longer key is cut and gets a hash of the whole. */
const KEY_CHARS_MAX = 500;

export interface TrackIdentity {
  readonly isrc: string | null;
  readonly matchKey: string;
  readonly durationMs: number;
}
export interface IdentityCandidate extends TrackIdentity {
  readonly recordingId: RecordingId;
}
export type Identity =
  | { readonly kind: 'same'; readonly recordingId: RecordingId; readonly basis: IdentityBasis; readonly confidence: number }
  | { readonly kind: 'new'; readonly basis: IdentityBasis; readonly confidence: number };

/** The key that releases of one recording share: normalized title and sorted artists. At most 500 characters. */
export function matchKey(title: string, artistNames: readonly string[]): string {
  const artists = [...new Set(artistNames.map(normalizeArtist))].toSorted().join(', ');
  const key = `${normalizeTitle(title)} | ${artists}`;
  if (key.length <= KEY_CHARS_MAX) return key;
  const start = cutText(key, KEY_CHARS_MAX - 20);
  return `${start} #${hashText(key, 1).toString(16).padStart(8, '0')}${hashText(key, 2).toString(16).padStart(8, '0')}`;
}

/** An ISRC in upper case, without hyphens and spaces; null when it is invalid. */
export function normalizeIsrc(isrc: string | null | undefined): string | null {
  const bare = isrc?.replace(/[\s-]/g, '').toUpperCase() ?? '';
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(bare) ? bare : null;
}

/** Confidence of an identity, 0–1: 1 for an ISRC; for title and artists 0.9 at equal duration, falling to 0.7 at three seconds' difference. */
export function confidenceOf(basis: IdentityBasis, apartMs = 0): number {
  if (basis === 'isrc') return 1;
  const share = Math.min(Math.abs(apartMs), SAME_RECORDING_WITHIN_MS) / SAME_RECORDING_WITHIN_MS;
  return Math.round((0.9 - 0.2 * share) * 1_000) / 1_000;
}

/**
 * The known recording of a track, or that it is a new one. The same ISRC decides; otherwise the same match key within three seconds, closest duration
 * first, then lowest id. Never merges two different ISRCs by title, nor tracks without a title.
 */
export function resolveIdentity(track: TrackIdentity, candidates: readonly IdentityCandidate[]): Identity {
  const sameIsrc = track.isrc === null ? undefined : candidates.find((candidate) => candidate.isrc === track.isrc);
  if (sameIsrc) return { kind: 'same', recordingId: sameIsrc.recordingId, basis: 'isrc', confidence: confidenceOf('isrc') };
  const nearest = track.matchKey.startsWith(' | ') ? undefined : nearestByTitle(track, candidates);
  if (nearest) {
    const confidence = confidenceOf('title_artists_duration', nearest.durationMs - track.durationMs);
    return { kind: 'same', recordingId: nearest.recordingId, basis: 'title_artists_duration', confidence };
  }
  const basis = track.isrc === null ? 'title_artists_duration' : 'isrc';
  return { kind: 'new', basis, confidence: confidenceOf(basis) };
}

function nearestByTitle(track: TrackIdentity, candidates: readonly IdentityCandidate[]): IdentityCandidate | undefined {
  const apart = (candidate: IdentityCandidate) => Math.abs(candidate.durationMs - track.durationMs);
  let best: IdentityCandidate | undefined;
  for (const candidate of candidates) {
    if (candidate.matchKey !== track.matchKey || apart(candidate) > SAME_RECORDING_WITHIN_MS) continue;
    if (track.isrc !== null && candidate.isrc !== null) continue;
    const order = best ? apart(candidate) - apart(best) || candidate.recordingId - best.recordingId : -1;
    if (order < 0) best = candidate;
  }
  return best;
}
