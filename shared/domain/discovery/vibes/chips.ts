import type { VibeChip } from '#shared/contracts/discovery/generate-vibe.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { VIBE_SHARES } from '#shared/contracts/discovery/vibe-spec.ts';

const SHARE_LABELS = {
  energy: 'Energy',
  valence: 'Mood (valence)',
  dance: 'Danceability',
  acoustic: 'Acoustic',
  instrumental: 'Instrumental',
  speech: 'Speech',
  live: 'Live',
} as const;
const ORDER_LABELS = { rising: 'Energy rises', falling: 'Energy falls', arc: 'Energy peaks in the middle', flat: 'Even energy' } as const;
const EARLIEST = 1900;

const hard = (field: VibeChip['field'], label: string): VibeChip => ({ field, label, isHard: true });
const soft = (field: VibeChip['field'], label: string): VibeChip => ({ field, label, isHard: false });
const all = (names: readonly string[] | undefined) => names?.join(', ') ?? '';

/** The parts of a spec as chips, in the order in which they are read. */
export function chipsOf(spec: VibeSpec): VibeChip[] {
  return [
    ...(spec.genres ? [soft('genres', all(spec.genres))] : []),
    ...(spec.not_genres ? [hard('not_genres', `No ${all(spec.not_genres)}`)] : []),
    ...(spec.years ? [hard('years', spanText(spec.years))] : []),
    ...(spec.years_any ? [hard('years_any', spec.years_any.map(spanText).join(' or '))] : []),
    ...(spec.not_years ? [hard('not_years', `Not ${spec.not_years.map(spanText).join(', ')}`)] : []),
    ...VIBE_SHARES.flatMap((field) => (spec[field] ? [soft(field, `${SHARE_LABELS[field]} ${rangeText(spec[field])}`)] : [])),
    ...(spec.tempo ? [soft('tempo', `${Math.round(spec.tempo[0])}–${Math.round(spec.tempo[1])} bpm`)] : []),
    ...(spec.track_seconds ? [hard('track_seconds', `Tracks of ${clock(spec.track_seconds[0])}–${clock(spec.track_seconds[1])}`)] : []),
    ...(spec.explicit === undefined ? [] : [hard('explicit', spec.explicit ? 'Explicit only' : 'Not explicit')]),
    ...(spec.seeds ? [soft('seeds', `Like ${all(spec.seeds)}`)] : []),
    ...(spec.artists ? [hard('artists', `Only ${all(spec.artists)}`)] : []),
    ...(spec.not_artists ? [hard('not_artists', `Not ${all(spec.not_artists)}`)] : []),
    ...(spec.not_words ? [hard('not_words', `No “${spec.not_words.join('”, “')}” in titles`)] : []),
    ...(spec.minutes === undefined ? [] : [hard('minutes', `${spec.minutes} minutes`)]),
    ...(spec.tracks === undefined ? [] : [hard('tracks', `${spec.tracks} ${spec.tracks === 1 ? 'track' : 'tracks'}`)]),
    ...(spec.order ? [soft('order', ORDER_LABELS[spec.order])] : []),
    ...(spec.popularity ? [soft('popularity', spec.popularity === 'hits' ? 'Well known' : 'Little known')] : []),
    ...(spec.heard ? [soft('heard', spec.heard === 'new' ? 'New to you' : spec.heard === 'known' ? 'Known to you' : 'Not heard recently')] : []),
    ...(spec.weights ? [soft('weights', spec.weights.map(({ name, weight }) => `${name} × ${weight}`).join(', '))] : []),
    ...(spec.artists_from ? [soft('artists_from', 'Artists you listen to')] : []),
  ];
}

function spanText([from, to]: readonly [number, number]): string {
  if (from === to) return String(from);
  return from <= EARLIEST ? `Up to ${to}` : `${from}–${to}`;
}

const rangeText = ([from, to]: readonly [number, number]) => `${from.toFixed(2)}–${to.toFixed(2)}`;
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
