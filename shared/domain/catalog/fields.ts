import { AUDIO_FEATURES } from '#shared/vocabulary.ts';

/** Fields of a recording that rules can test, by the kind of value. Without zod, because the browser's editor builds its controls from these lists. */
export const NUMBER_FIELDS = [...AUDIO_FEATURES, 'popularity', 'duration_ms', 'release_year', 'artist_count'] as const;
export const DATE_FIELDS = ['release_date', 'ingested_on'] as const;
export const FLAG_FIELDS = ['explicit', 'has_isrc'] as const;
export const TEXT_FIELDS = ['title', 'artist', 'album'] as const;
/** `camelot` is the key and mode as a Camelot code: 8A is A minor, 8B is C major. */
export const TAG_FIELDS = ['genre', 'mood', 'camelot'] as const;

export type NumberField = (typeof NUMBER_FIELDS)[number];
export type DateField = (typeof DATE_FIELDS)[number];
export type FlagField = (typeof FLAG_FIELDS)[number];
export type TextFieldName = (typeof TEXT_FIELDS)[number];
export type TagField = (typeof TAG_FIELDS)[number];
