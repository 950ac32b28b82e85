import type { RecordingId } from '#shared/ids.ts';
import type { IdentityBasis } from '#shared/vocabulary.ts';
import { hashText } from '#shared/domain/hash.ts';
import { cutText } from '#shared/domain/text.ts';
import { normalizeArtist, readTitle } from './normalize-title.ts';

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

/**
 * The key that releases of one recording share: the normalized title, and the words of its artists' names. Guests count as artists wherever a release
 * names them, and words instead of names, because "feat. Anna & Ben" does not say where one name ends. At most 500 characters.
 */
export function matchKey(title: string, artistNames: readonly string[]): string {
  const read = readTitle(title);
  const key = `${read.title} | ${nameWords([...artistNames.flatMap((name) => normalizeArtist(name).split(' ')), ...read.guests])}`;
  if (key.length <= KEY_CHARS_MAX) return key;
  const start = cutText(key, KEY_CHARS_MAX - 20);
  return `${start} #${hashText(key, 1).toString(16).padStart(8, '0')}${hashText(key, 2).toString(16).padStart(8, '0')}`;
}

/** Words that join names; one release has them and another has not. */
const JOINING_WORDS: ReadonlySet<string> = new Set(['', 'and', 'the', '+']);

function nameWords(words: readonly string[]): string {
  const names = words.filter((word) => !JOINING_WORDS.has(word));
  return [...new Set(names.length > 0 ? names : words)].toSorted().join(' ').trim();
}

/**
 * Confidence of an identity, 0–1: 1 for an ISRC; for title and artists 0.9 at equal duration, falling to 0.7 at three seconds' difference, and 0.1 less
 * when the releases have different ISRCs.
 */
export function confidenceOf(basis: IdentityBasis, { apartMs = 0, isrcsDiffer = false } = {}): number {
  if (basis === 'isrc') return 1;
  const share = Math.min(Math.abs(apartMs), SAME_RECORDING_WITHIN_MS) / SAME_RECORDING_WITHIN_MS;
  return Math.round((0.9 - 0.2 * share - (isrcsDiffer ? 0.1 : 0)) * 1_000) / 1_000;
}

/**
 * The known recording of a track, or that it is a new one. The same ISRC decides; otherwise the same match key within three seconds of the recording's
 * own duration, closest first, then lowest id. A recording's duration is that of its first track, so recordings do not grow into a chain: of three
 * releases two seconds apart each, the third is another recording. Never matches tracks without a title or duration.
 */
export function resolveIdentity(track: TrackIdentity, candidates: readonly IdentityCandidate[]): Identity {
  const sameIsrc = track.isrc === null ? undefined : candidates.find((candidate) => candidate.isrc === track.isrc);
  if (sameIsrc) return { kind: 'same', recordingId: sameIsrc.recordingId, basis: 'isrc', confidence: confidenceOf('isrc') };
  const nearest = nearestByTitle(track, candidates);
  if (nearest) {
    const isrcsDiffer = track.isrc !== null && nearest.isrc !== null;
    const confidence = confidenceOf('title_artists_duration', { apartMs: nearest.durationMs - track.durationMs, isrcsDiffer });
    return { kind: 'same', recordingId: nearest.recordingId, basis: 'title_artists_duration', confidence };
  }
  const basis = track.isrc === null ? 'title_artists_duration' : 'isrc';
  return { kind: 'new', basis, confidence: confidenceOf(basis) };
}

function nearestByTitle(track: TrackIdentity, candidates: readonly IdentityCandidate[]): IdentityCandidate | undefined {
  if (track.matchKey.startsWith(' | ') || track.durationMs <= 0) return undefined;
  const apart = (candidate: IdentityCandidate) => Math.abs(candidate.durationMs - track.durationMs);
  let best: IdentityCandidate | undefined;
  for (const candidate of candidates) {
    if (candidate.matchKey !== track.matchKey || candidate.durationMs <= 0 || apart(candidate) > SAME_RECORDING_WITHIN_MS) continue;
    const order = best ? apart(candidate) - apart(best) || candidate.recordingId - best.recordingId : -1;
    if (order < 0) best = candidate;
  }
  return best;
}

/** Two recordings that are one: `from` becomes `into`, the older one. */
export interface RecordingMerge {
  readonly from: RecordingId;
  readonly into: RecordingId;
  readonly basis: IdentityBasis;
  readonly confidence: number;
}

/**
 * Which of the recordings are one, as if their tracks were imported in the order of their ids: each joins an earlier one or stays. `isApart` names pairs that
 * a person separated; those never join.
 */
export function findMerges(recordings: readonly IdentityCandidate[], isApart: (one: RecordingId, other: RecordingId) => boolean): RecordingMerge[] {
  const staying: IdentityCandidate[] = [];
  const merges: RecordingMerge[] = [];
  for (const recording of recordings.toSorted((a, b) => a.recordingId - b.recordingId)) {
    const candidates = staying.filter((other) => !isApart(recording.recordingId, other.recordingId));
    const identity = resolveIdentity(recording, candidates);
    if (identity.kind === 'new') staying.push(recording);
    else merges.push({ from: recording.recordingId, into: identity.recordingId, basis: identity.basis, confidence: identity.confidence });
  }
  return merges;
}
