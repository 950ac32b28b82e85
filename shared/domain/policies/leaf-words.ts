import type { Provenance } from '#shared/vocabulary.ts';

/** Who supplied audio features. */
export const SOURCE_NAMES: Readonly<Record<Provenance, string>> = {
  spotify: 'Spotify',
  reccobeats: 'ReccoBeats',
  musicbrainz: 'MusicBrainz',
  lastfm: 'Last.fm',
  user: 'manual entry',
  derived: 'Segue’s own calculation',
};

/** What a flag says when it is not set, and when it is. */
export const FLAG_WORDS = {
  explicit: ['Not marked explicit', 'Marked explicit'],
  has_isrc: ['Has no ISRC', 'Has an ISRC'],
} as const;
