import type { MusicAnalysis, MusicFigure, MusicMood } from '#shared/contracts/covers/analysis.ts';

type Described = Omit<MusicAnalysis, 'sentences'>;

const TEXTURE_TEXTS: Readonly<Record<MusicAnalysis['textures'][number]['texture'], string>> = {
  acoustic: 'acoustic',
  instrumental: 'instrumental',
  spoken: 'rapped or spoken in large part',
  live: 'recorded live',
  danceable: 'danceable',
};
const GENRES_NAMED = 3;

/** The analysis in sentences, the most important first. Each says for how many tracks its figure is known when that is not all of them. */
export function describeAnalysis(analysis: Described): readonly string[] {
  if (analysis.tracks === 0) return ['There are no tracks.'];
  const sentences = [
    describeGenres(analysis),
    ...describeMoods(analysis),
    describeEra(analysis),
    describeTempo(analysis),
    describeTextures(analysis),
  ];
  return sentences.filter((sentence) => sentence !== '');
}

function describeGenres({ genres, coverage, tracks }: Described): string {
  const named = genres.slice(0, GENRES_NAMED).map(({ name, weight }) => `${name} (${percent(weight)})`);
  if (named.length === 0) return `Genres are unknown for all ${countTracks(tracks)}.`;
  return `${capital(listed(named))}${knownFor(coverage.genres, tracks)}.`;
}

function describeMoods({ moods, coverage, tracks }: Described): readonly string[] {
  const [first, second] = moods;
  if (!first) return [`Mood is unknown for all ${countTracks(tracks)}.`];
  const known = knownFor(coverage.sound, tracks);
  if (!second) return [`Mood: ${moodText(first)}${known}.`];
  return [`Two moods${known}.`, ...moods.map((mood) => `${capital(percent(mood.share))} of the tracks: ${moodText(mood)}.`)];
}

function moodText({ region, valence, energy }: MusicMood): string {
  return `${region}, with valence ${spread(valence)} and energy ${spread(energy)}`;
}

function describeEra({ era, tracks }: Described): string {
  if (era === null) return `Release years are unknown for all ${countTracks(tracks)}.`;
  const span = era.from === era.to ? `from ${era.from}` : `from ${era.from} to ${era.to}`;
  const most = era.share >= 0.5 ? `, ${percent(era.share)} from the ${era.decade}s` : '';
  return `Most tracks are ${span}${most}${knownFor(era.known, tracks)}.`;
}

function describeTempo({ tempo, tracks }: Described): string {
  if (tempo === null) return '';
  return `The tempo is ${tempo.word}: ${Math.round(tempo.median)} beats per minute, half of the tracks from ${Math.round(tempo.low)} to ${Math.round(tempo.high)}${knownFor(tempo.known, tracks)}.`;
}

function describeTextures({ textures }: Described): string {
  const likely = textures.filter(({ isLikely }) => isLikely).map(({ texture }) => TEXTURE_TEXTS[texture]);
  return likely.length === 0 ? '' : `The music is likely ${listed(likely)}.`;
}

/** "0.62 (half of the tracks from 0.51 to 0.70)" */
function spread({ median, low, high }: MusicFigure): string {
  return `${median.toFixed(2)} (half of the tracks from ${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function knownFor(known: number, tracks: number): string {
  return known === tracks ? '' : `; known for ${known.toLocaleString('en')} of ${countTracks(tracks)}`;
}

function countTracks(tracks: number): string {
  return tracks === 1 ? '1 track' : `${tracks.toLocaleString('en')} tracks`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
