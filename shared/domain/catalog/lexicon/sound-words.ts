import type { MoodLevel } from './mood-regions.ts';

/** Words for the age, the speed and the texture of music. */

const listed = (text: string): readonly string[] => text.split(',').map((word) => word.trim());

/** Things of a decade, as words that can stand before an image. The key is the first year of the decade. */
const ERA_WORDS: ReadonlyMap<number, readonly string[]> = new Map([
  [1940, listed('Ballroom, Gramophone, Shellac, Music-Hall, Newsreel, Phonograph')],
  [1950, listed('Jukebox, Soda-Fountain, Drive-In, Diner, Chrome-Plated, Valve-Radio')],
  [1960, listed('Transistor, Technicolor, Paisley, Go-Kart, Moonshot, Space-Age')],
  [1970, listed('Corduroy, Wood-Paneled, Roller-Rink, Eight-Track, Macramé, Shag-Carpet')],
  [1980, listed('Cassette, Arcade, Videotape, Walkie-Talkie, Laser, Synth-Lit')],
  [1990, listed('Dial-Up, Flannel, Pager, Mixtape, Compact-Disc, Camcorder')],
  [2000, listed('Flip-Phone, Ringtone, Broadband, Chat-Window, Burned-Disc, Low-Rise')],
  [2010, listed('Touchscreen, Filtered, Food-Truck, Ride-Share, Group-Chat, Pop-Up')],
  [2020, listed('Video-Call, Home-Studio, Voice-Note, Bedroom, Remote, Night-Mode')],
]);

export const TEMPO_WORDS: Readonly<Record<'slow' | 'medium' | 'fast', readonly string[]>> = {
  slow: listed('Slow, Lingering, Leisurely, Ambling, Long-Drawn, Swaying'),
  medium: listed('Walking, Strolling, Level, Midtempo, Even, Cruising'),
  fast: listed('Fast, Racing, Quick, Hurried, Galloping, Double-Time'),
};

export const TEXTURES = ['acoustic', 'instrumental', 'spoken', 'live', 'danceable'] as const;
export type Texture = (typeof TEXTURES)[number];

export const TEXTURE_WORDS: Readonly<Record<Texture, readonly string[]>> = {
  acoustic: listed('Wooden, Unvarnished, Handmade, Fireside, Unplugged, Hand-Carved'),
  instrumental: listed('Wordless, Unsung, Silent-Film, Speechless, Voiceless, Unlettered'),
  spoken: listed('Outspoken, Talkative, Word-of-Mouth, Quick-Witted, Plainspoken, Well-Versed'),
  live: listed('One-Take, Front-Row, Stage-Lit, Encore, Sold-Out, Second-Set'),
  danceable: listed('Swinging, Hip-Swaying, Two-Step, Limber, Footloose, Spinning'),
};

/** When one listens, by energy; stands after an image. */
export const TIME_WORDS: Readonly<Record<MoodLevel, readonly string[]>> = {
  low: listed('at Dusk, before Dawn, after Midnight, in Winter, at Low Tide, on Sunday, by Candlelight, after the Rain'),
  mid: listed('at Noon, in Passing, around the Corner, in October, on the Way Home, by Evening, on a Weekday, across Town'),
  high: listed('at Midnight, in July, on Friday, at Full Speed, past Curfew, in the Fast Lane, under Floodlights, at Closing Time'),
};

/** A tempo of up to 95 beats per minute is slow, and one of at least 130 is fast. */
export function tempoWordOf(beatsPerMinute: number): 'slow' | 'medium' | 'fast' {
  if (beatsPerMinute <= 95) return 'slow';
  return beatsPerMinute >= 130 ? 'fast' : 'medium';
}

/** The words of a decade, given by its first year; those of the 1940s stand for all earlier ones. */
export function eraWordsOf(decade: number): readonly string[] {
  const known = Math.min(2020, Math.max(1940, decade - (decade % 10)));
  return ERA_WORDS.get(known) ?? [];
}
