import type { DateRule, LeafRule, NumberRule, Policy, Preference, Rule } from '#shared/contracts/policies/policy.ts';
import { kindOf } from './leaf-kinds.ts';
import { counted, listed } from './counted-words.ts';
import { FLAG_WORDS, SOURCE_NAMES } from './leaf-words.ts';
import { describeGoesWith } from './seed-words.ts';
import type { NumberField } from '#shared/domain/catalog/fields.ts';

const FIELD_NAMES: Readonly<Record<LeafRule['field'], string>> = {
  danceability: 'Danceability',
  energy: 'Energy',
  key: 'Key',
  loudness: 'Loudness',
  mode: 'Mode',
  speechiness: 'Speechiness',
  acousticness: 'Acousticness',
  instrumentalness: 'Instrumentalness',
  liveness: 'Liveness',
  valence: 'Valence',
  tempo: 'Tempo',
  time_signature: 'Time signature',
  popularity: 'Popularity',
  duration_ms: 'Length',
  release_year: 'Release year',
  artist_count: 'Number of artists',
  release_date: 'Release date',
  ingested_on: 'Import date',
  features_source: 'Source of audio features',
  has_isrc: 'ISRC',
  explicit: 'Explicit',
  title: 'Title',
  artist: 'Artist',
  album: 'Album',
  genre: 'Genre',
  mood: 'Mood',
  camelot: 'Camelot key',
};
/** What a field means, where its name is a term of audio analysis. */
const FIELD_GLOSSES: Partial<Record<LeafRule['field'], string>> = { valence: 'how positive it sounds' };

/** The name of a field: as the label of a form it includes the meaning where the name alone does not say it; `isShort` within a sentence. */
export function fieldLabel(field: LeafRule['field'], { isShort = false } = {}): string {
  const gloss = isShort ? undefined : FIELD_GLOSSES[field];
  return gloss === undefined ? FIELD_NAMES[field] : `${FIELD_NAMES[field]} (${gloss})`;
}

/** Formats a value of a field with its unit: m:ss for durations, BPM for tempo, dB for loudness, two decimals for features from 0 to 1. */
export function formatFieldValue(field: NumberField, value: number): string {
  if (field === 'duration_ms') {
    const seconds = Math.round(value / 1_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  if (field === 'tempo') return `${Math.round(value)} BPM`;
  if (field === 'loudness') return `${round(value, 1)} dB`;
  if (WHOLE_NUMBERS.has(field)) return String(round(value, 2));
  return round(value, 2).toFixed(2);
}

const WHOLE_NUMBERS: ReadonlySet<NumberField> = new Set(['key', 'mode', 'time_signature', 'popularity', 'release_year', 'artist_count']);

/** A rule as a phrase: "Released before 1990", "Energy at least 0.60", "Genre is jazz or soul". */
export function describeRule(rule: Rule): string {
  if ('all' in rule) return rule.all.length === 0 ? 'Every recording in the catalog' : joined(rule.all, ' and ');
  if ('any' in rule) return joined(rule.any, ' or ');
  if ('not' in rule) return `Not: ${lowerFirst(describeRule(rule.not))}`;
  // Leaving unknown values out is the default; including them is always stated.
  return rule.whenUnknown === 'include' ? `${describeLeaf(rule)} (or unknown)` : describeLeaf(rule);
}

/** The target of a preference as a phrase: "Energy around 0.70", "Genre jazz", "Newer releases". */
export function describePreference(preference: Preference): string {
  if ('toward' in preference) return `${FIELD_NAMES[preference.field]} around ${formatFieldValue(preference.field, preference.toward)}`;
  return 'has' in preference ? `${FIELD_NAMES[preference.field]} ${preference.has}` : 'Newer releases';
}

/** The whole policy as plain phrases, hard rules first. */
export function describePolicy(policy: Policy): string[] {
  const pool = 'all' in policy.pool && policy.pool.all.length > 0 ? policy.pool.all : [policy.pool];
  const { caps, rest, separation } = policy;
  const scope = { network: 'in all playlists of the network', playlist: 'in this playlist', policy: 'in all playlists with this policy' }[rest.scope];
  return [
    ...pool.map(describeRule),
    ...describeMix(policy),
    ...describeNamed(policy),
    ...policy.prefer.map(
      (preference) => `Target: ${lowerFirst(describePreference(preference))}${policy.version === 2 ? spreadWords(preference) : ''}`,
    ),
    ...(policy.version === 2 ? describeGoesWith(policy.goesWith) : []),
    `At most ${tracks(caps.perArtist)} per artist and ${caps.perAlbum} per album`,
    rest.days > 0 ? `No repeats ${scope} within ${counted(rest.days, 'day')}` : 'Recordings may repeat the next day',
    ...(separation.artist > 1 ? [`Artist separation: at least ${tracks(separation.artist)}`] : []),
    ...describeListRules(policy),
    ...describeFlow(policy),
    ...describeExclusivity(policy),
    describeTurnover(policy),
    describeSize(policy),
  ];
}

/** The wanted spread of a list, in version 2. */
function spreadWords(preference: Preference): string {
  return 'toward' in preference ? `, spread ${formatFieldValue(preference.field, preference.spread)}` : '';
}

/** What only version 2 has: songs, artists of the days before, seasons, roles. */
function describeListRules(policy: Policy): string[] {
  if (policy.version !== 2) return [];
  const { songs, artistDays, seasonal, roles } = policy;
  return [
    `A song once per list${songs.days > 0 ? `, and not again within ${counted(songs.days, 'day')}` : ''}`,
    ...(artistDays > 0 ? [`Artists of the last ${artistDays === 1 ? 'day' : counted(artistDays, 'day')} are avoided where possible`] : []),
    seasonal === 'in_season' ? 'Titles of a season only in that season' : 'Titles of a season on every day',
    ...describeRole('Opener', roles.opener),
    ...describeRole('Closer', roles.closer),
    ...describeRole('Peak', roles.peak),
  ];
}

function describeRole(name: string, role: readonly Preference[]): string[] {
  return role.length === 0 ? [] : [`${name}: ${role.map((one) => lowerFirst(describePreference(one))).join(', ')}`];
}

function describeMix({ mix, pins }: Policy): string[] {
  const whole = pins.length > 0 ? 'of the list without pins' : 'of the list';
  return mix.map(({ name, share, rule }) => `${round(share, 2)}% ${whole} is “${name}”: ${lowerFirst(describeRule(rule))}`);
}

function describeNamed({ pins, bans }: Policy): string[] {
  const banned = [
    ...(bans.recordings.length > 0 ? [counted(bans.recordings.length, 'recording')] : []),
    ...(bans.artists.length > 0 ? [`everything by ${counted(bans.artists.length, 'artist')}`] : []),
    ...(bans.albums.length > 0 ? [`everything from ${counted(bans.albums.length, 'album')}`] : []),
  ];
  const placed = pins.filter((pin) => pin.position !== undefined).length;
  const where = placed === 0 ? '' : placed === pins.length ? ' at a fixed position' : `, ${placed} of them at a fixed position`;
  return [
    ...(pins.length > 0 ? [`Always included: ${counted(pins.length, 'pinned recording')}${where}`] : []),
    ...(banned.length > 0 ? [`Banned: ${banned.join(', ')}`] : []),
  ];
}

const ARC_NAMES: Readonly<Record<Policy['flow']['energy'], string | undefined>> = {
  free: undefined,
  rise: 'Energy rises from the first track to the last',
  fall: 'Energy falls from the first track to the last',
  peak: 'Energy rises to the middle of the list and falls again',
  dip: 'Energy falls to the middle of the list and rises again',
  wave: 'Energy rises and falls twice',
};

function describeFlow({ flow }: Policy): string[] {
  const arc = ARC_NAMES[flow.energy];
  return [
    ...(arc === undefined ? [] : [arc]),
    ...(flow.harmonic > 0 ? [`Harmonic mixing: ${strength(flow.harmonic)}`] : []),
    ...(flow.tempo > 0 ? [`Tempo matching: ${strength(flow.tempo)}`] : []),
  ];
}

function strength(weight: number): string {
  return weight >= 0.7 ? 'strong' : weight >= 0.35 ? 'medium' : 'light';
}

function describeExclusivity({ exclusivity }: Policy): string[] {
  const { group, yieldsTo } = exclusivity;
  return [
    ...(group === undefined ? [] : [`No recording on the same day as another playlist of the group “${group}”`]),
    ...(yieldsTo.length === 0 ? [] : [`Lower priority than, and no recording on the same day as, the playlists of ${listed(yieldsTo, 'and', '“')}`]),
  ];
}

function describeTurnover({ turnover, size }: Policy): string {
  if (turnover === 1) return 'All tracks change every day';
  if (turnover === 0) return 'No track changes while the rules admit it';
  return `${round(turnover * 100, 1)}% of the list changes every day (${Math.round(turnover * size)} of ${tracks(size)})`;
}

function describeSize({ size, duration }: Policy): string {
  if (!duration) return `${tracks(size)} per day`;
  return `${round(duration.minutes, 1)} ± ${round(duration.tolerance, 1)} minutes per day, at most ${tracks(size)}`;
}

function describeLeaf(leaf: LeafRule): string {
  const known = kindOf(leaf);
  if (known.kind === 'number') return describeNumber(known.leaf);
  if (known.kind === 'date') return describeDate(known.leaf);
  if (known.kind === 'flag') return FLAG_WORDS[known.leaf.field][known.leaf.value ? 1 : 0];
  if (known.kind === 'source') return `Audio features from ${SOURCE_NAMES[known.leaf.value]}`;
  if (known.kind === 'tag') return `${FIELD_NAMES[known.leaf.field]} is ${listed(known.leaf.value, known.leaf.op === 'has_all' ? 'and' : 'or')}`;
  return `${FIELD_NAMES[known.leaf.field]} ${known.leaf.op === 'contains' ? 'contains' : 'is'} ${listed(known.leaf.value, 'or', '“')}`;
}

function describeNumber(leaf: NumberRule): string {
  const [low, high] = typeof leaf.value === 'number' ? [leaf.value, leaf.value] : leaf.value;
  if (leaf.field === 'release_year') return describeYear(leaf.op, low, high);
  const name = FIELD_NAMES[leaf.field];
  const words = (value: number) => formatFieldValue(leaf.field, value);
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
  const verb = leaf.field === 'release_date' ? 'Released' : 'Imported';
  const days = `${leaf.value} ${leaf.value === 1 ? 'day' : 'days'}`;
  return {
    on_or_after: `${verb} on or after ${leaf.value}`,
    on_or_before: `${verb} on or before ${leaf.value}`,
    within_days: `${verb} within the last ${days}`,
    older_than_days: `${verb} more than ${days} ago`,
  }[leaf.op];
}

function joined(rules: readonly Rule[], word: string): string {
  const parts = rules.map((rule, index) => {
    const phrase = 'all' in rule || 'any' in rule ? `(${lowerFirst(describeRule(rule))})` : describeRule(rule);
    return index === 0 ? phrase : lowerFirst(phrase);
  });
  return parts.join(word);
}

/** Makes the first letter lower case, unless the text starts with a word in capitals or a quote. */
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
