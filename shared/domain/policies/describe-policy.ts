import type { DateRule, LeafRule, NumberRule, PolicyV1, Preference, Rule } from '#shared/contracts/policies/policy.ts';
import type { Provenance } from '#shared/vocabulary.ts';
import { kindOf } from '#shared/domain/catalog/leaf-kinds.ts';
import type { NumberField } from '#shared/domain/catalog/leaf-kinds.ts';

const FIELD_WORDS: Readonly<Record<LeafRule['field'], string>> = {
  danceability: 'Danceability',
  energy: 'Energy',
  key: 'Key',
  loudness: 'Loudness',
  mode: 'Mode',
  speechiness: 'Speechiness',
  acousticness: 'Acousticness',
  instrumentalness: 'Instrumentalness',
  liveness: 'Liveness',
  valence: 'Brightness of mood',
  tempo: 'Tempo',
  time_signature: 'Beats in a bar',
  popularity: 'Popularity',
  duration_ms: 'Length',
  release_year: 'Year of release',
  artist_count: 'Number of artists',
  release_date: 'Release date',
  ingested_on: 'Day of intake',
  features_source: 'Source of the audio features',
  has_isrc: 'Recording code',
  explicit: 'Explicit mark',
  title: 'Title',
  artist: 'Artist',
  album: 'Album',
  genre: 'Genre',
  mood: 'Mood',
  camelot: 'Key on the Camelot wheel',
};
const SOURCE_WORDS: Readonly<Record<Provenance, string>> = {
  spotify: 'Spotify',
  reccobeats: 'ReccoBeats',
  musicbrainz: 'MusicBrainz',
  lastfm: 'Last.fm',
  user: 'a person',
  derived: 'our own reckoning',
};

const FLAG_WORDS = {
  explicit: ['Not marked explicit', 'Marked explicit'],
  has_isrc: ['Has no recording code (ISRC)', 'Has a recording code (ISRC)'],
} as const;

/** What a field is called in front of a listener. */
export function fieldWords(field: LeafRule['field']): string {
  return FIELD_WORDS[field];
}

/** A number of a field as people write it: minutes for lengths, beats for tempo, decibels for loudness. */
export function numberWords(field: NumberField, value: number): string {
  if (field === 'duration_ms') {
    const seconds = Math.round(value / 1_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  if (field === 'tempo') return `${Math.round(value)} beats a minute`;
  if (field === 'loudness') return `${round(value, 1)} dB`;
  return String(round(value, 2));
}

/** A rule as a listener would say it: "Released before 1990", "Energy at least 0.6", "Genre is jazz or soul". */
export function describeRule(rule: Rule): string {
  if ('all' in rule) return rule.all.length === 0 ? 'Every recording in the catalogue' : joined(rule.all, ' and ');
  if ('any' in rule) return joined(rule.any, ' or ');
  if ('not' in rule) return `Not: ${lowerFirst(describeRule(rule.not))}`;
  // Letting the unknown pass is a choice of its own, and always told; leaving it out is what a rule does.
  return rule.whenUnknown === 'include' ? `${describeLeaf(rule)} (or not known)` : describeLeaf(rule);
}

/** What a preference pulls toward, as a phrase. */
export function describePreference(preference: Preference): string {
  if ('toward' in preference) return `${fieldWords(preference.field)} around ${numberWords(preference.field, preference.toward)}`;
  return 'has' in preference ? `${fieldWords(preference.field)} ${preference.has}` : 'Newer releases';
}

/** The whole policy in plain sentences, hard rules first. */
export function describePolicy(policy: PolicyV1): string[] {
  const pool = 'all' in policy.pool && policy.pool.all.length > 0 ? policy.pool.all : [policy.pool];
  const { caps, rest, separation } = policy;
  const scope = { network: 'in any playlist of the network', playlist: 'in this playlist', policy: 'in any playlist with these rules' }[rest.scope];
  return [
    ...pool.map(describeRule),
    ...describeMix(policy),
    ...describeNamed(policy),
    ...policy.prefer.map((preference) => `Leans toward: ${lowerFirst(describePreference(preference))}`),
    `At most ${tracks(caps.perArtist)} by an artist and ${caps.perAlbum} from an album`,
    rest.days > 0 ? `No recording returns ${scope} within ${rest.days} ${rest.days === 1 ? 'day' : 'days'}` : 'A recording may return the next day',
    ...(separation.artist > 1 ? [`Tracks by one artist stand at least ${separation.artist} places apart`] : []),
    ...describeFlow(policy),
    ...describeExclusivity(policy),
    describeTurnover(policy),
    describeSize(policy),
  ];
}

function describeMix({ mix, pins }: PolicyV1): string[] {
  const besides = pins.length > 0 ? 'of the places beside the pins' : 'of the list';
  return mix.map(({ name, share, rule }) => `${round(share, 2)} percent ${besides} are “${name}”: ${lowerFirst(describeRule(rule))}`);
}

function describeNamed({ pins, bans }: PolicyV1): string[] {
  const banned = [
    ...(bans.recordings.length > 0 ? [counted(bans.recordings.length, 'recording')] : []),
    ...(bans.artists.length > 0 ? [`everything by ${counted(bans.artists.length, 'artist')}`] : []),
    ...(bans.albums.length > 0 ? [`everything from ${counted(bans.albums.length, 'album')}`] : []),
  ];
  const placed = pins.filter((pin) => pin.position !== undefined).length;
  const where = placed === 0 ? '' : placed === pins.length ? ', at a fixed place' : `, ${placed} of them at a fixed place`;
  return [
    ...(pins.length > 0 ? [`${counted(pins.length, 'recording')} pinned: in every list${where}`] : []),
    ...(banned.length > 0 ? [`Never: ${banned.join(', ')}`] : []),
  ];
}

const ARC_WORDS: Readonly<Record<PolicyV1['flow']['energy'], string | undefined>> = {
  free: undefined,
  rise: 'Energy rises from the first track to the last',
  fall: 'Energy falls from the first track to the last',
  peak: 'Energy rises to the middle of the list and falls again',
  dip: 'Energy falls to the middle of the list and rises again',
  wave: 'Energy comes in two waves',
};

function describeFlow({ flow }: PolicyV1): string[] {
  const arc = ARC_WORDS[flow.energy];
  return [
    ...(arc === undefined ? [] : [arc]),
    ...(flow.harmonic > 0 ? [`Neighbours ${strength(flow.harmonic)} in keys that mix`] : []),
    ...(flow.tempo > 0 ? [`Neighbours ${strength(flow.tempo)} close in tempo`] : []),
  ];
}

function strength(wish: number): string {
  return wish >= 0.7 ? 'as far as possible' : wish >= 0.35 ? 'preferably' : 'a little more often';
}

function describeExclusivity({ exclusivity }: PolicyV1): string[] {
  const { group, yieldsTo } = exclusivity;
  return [
    ...(group === undefined ? [] : [`Shares no recording on a day with other lists of the group “${group}”`]),
    ...(yieldsTo.length === 0 ? [] : [`Chooses after, and shares nothing on a day with, the lists of ${listed(yieldsTo, 'and', '“')}`]),
  ];
}

function describeTurnover({ turnover, size }: PolicyV1): string {
  if (turnover === 1) return 'Every track changes every day';
  if (turnover === 0) return 'Nothing changes while every track may stay';
  return `${round(turnover * 100, 1)} percent of the list changes a day (${Math.round(turnover * size)} of ${size}); the others stay`;
}

function describeSize({ size, duration }: PolicyV1): string {
  if (!duration) return `${tracks(size)} a day`;
  return `${round(duration.minutes, 1)} minutes a day, give or take ${round(duration.tolerance, 1)}, with at most ${tracks(size)}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function describeLeaf(leaf: LeafRule): string {
  const known = kindOf(leaf);
  if (known.kind === 'number') return describeNumber(known.leaf);
  if (known.kind === 'date') return describeDate(known.leaf);
  if (known.kind === 'flag') return FLAG_WORDS[known.leaf.field][known.leaf.value ? 1 : 0];
  if (known.kind === 'source') return `Audio features come from ${SOURCE_WORDS[known.leaf.value]}`;
  if (known.kind === 'tag') return `${fieldWords(known.leaf.field)} is ${listed(known.leaf.value, known.leaf.op === 'has_all' ? 'and' : 'or')}`;
  return `${fieldWords(known.leaf.field)} ${known.leaf.op === 'contains' ? 'contains' : 'is'} ${listed(known.leaf.value, 'or', '“')}`;
}

function describeNumber(leaf: NumberRule): string {
  const [low, high] = typeof leaf.value === 'number' ? [leaf.value, leaf.value] : leaf.value;
  if (leaf.field === 'release_year') return describeYear(leaf.op, low, high);
  const name = fieldWords(leaf.field);
  const words = (value: number) => numberWords(leaf.field, value);
  if (leaf.field === 'mode' && leaf.op === 'eq') return low === 1 ? 'In a major key' : 'In a minor key';
  return {
    gte: `${name} at least ${words(low)}`,
    lte: `${name} at most ${words(high)}`,
    eq: `${name} is ${words(low)}`,
    between: `${name} between ${words(low)} and ${words(high)}`,
  }[leaf.op];
}

function describeYear(op: NumberRule['op'], low: number, high: number): string {
  return {
    gte: `Released in ${low} or later`,
    lte: `Released before ${high + 1}`,
    eq: `Released in ${low}`,
    between: `Released from ${low} to ${high}`,
  }[op];
}

function describeDate(leaf: DateRule): string {
  const verb = leaf.field === 'release_date' ? 'Released' : 'Taken in';
  const days = `${leaf.value} ${leaf.value === 1 ? 'day' : 'days'}`;
  return {
    on_or_after: `${verb} on or after ${leaf.value}`,
    on_or_before: `${verb} on or before ${leaf.value}`,
    within_days: `${verb} within the last ${days}`,
    older_than_days: `${verb} more than ${days} ago`,
  }[leaf.op];
}

function listed(value: string | readonly string[], word: 'and' | 'or', quote = ''): string {
  const words = (typeof value === 'string' ? [value] : value).map((one) => (quote ? `“${one}”` : one));
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1) ?? ''}`;
}

function joined(rules: readonly Rule[], word: string): string {
  const parts = rules.map((rule, index) => {
    const said = 'all' in rule || 'any' in rule ? `(${lowerFirst(describeRule(rule))})` : describeRule(rule);
    return index === 0 ? said : lowerFirst(said);
  });
  return parts.join(word);
}

/** Lower case at the start, unless the word is a name in capitals or quoted. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function tracks(count: number): string {
  return `${count} ${count === 1 ? 'track' : 'tracks'}`;
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
