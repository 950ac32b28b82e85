import type { ContentSense } from './pack.ts';

/** What an emoji means for music, as senses or as a genre; the names and keywords of Unicode CLDR gave the ideas. */
const TABLE: readonly (readonly [string, ContentSense | `genre:${string}`])[] = [
  ['😢😭😿🥺😞😔☹🙁😥💧🥀', 'sad'],
  ['💔', 'heartbreak'],
  ['😀😃😄😁😊🙂😺🤗😎🌈🥳😆😂☺😸🎈', 'happy'],
  ['🎉🎊🍾🪩🍻🥂', 'party'],
  ['💃🕺', 'danceable'],
  ['🔥⚡🚀💥🤩', 'lively'],
  ['😡🤬😠👊💢', 'angry'],
  ['😴💤🛌🌙🛏', 'sleep'],
  ['🏃', 'run'],
  ['💪', 'workout'],
  ['🏋', 'lift'],
  ['🚴🚲', 'cycle'],
  ['🚶🥾', 'walk'],
  ['🧘🕊🍃🌿😌', 'calm'],
  ['📚📖✍💻🤓', 'study'],
  ['☕', 'cafe'],
  ['🍷🍽🕯', 'dinner'],
  ['🍳', 'cooking'],
  ['🧹🧽', 'cleaning'],
  ['🚗🛣🚙', 'roadTrip'],
  ['🚆🚇🚌', 'commute'],
  ['❤🥰😍💕💘💞💗💖🌹😘', 'romantic'],
  ['☔🌧⛈🌦', 'rain'],
  ['❄☃⛄🌨', 'snow'],
  ['☀🌞😎🌻', 'sun'],
  ['🏖🌴🏝🍹', 'beach'],
  ['🌊⛵', 'sea'],
  ['🍂🍁', 'autumn'],
  ['🌸🌷', 'spring'],
  ['🎄🎅🤶', 'christmas'],
  ['🎃👻🧛🧟', 'halloween'],
  ['👶🧒🍼', 'kids'],
  ['🎂', 'birthday'],
  ['💒👰', 'wedding'],
  ['🌃🌌✨🌠', 'night'],
  ['🌅🌇', 'evening'],
  ['🎮🕹', 'gaming'],
  ['🎬🍿', 'film'],
  ['🎤', 'singAlong'],
  ['🐱🐈', 'cat'],
  ['🐶🐕', 'dog'],
  ['🎻', 'genre:classical'],
  ['🎹', 'genre:piano'],
  ['🎷🎺', 'genre:jazz'],
  ['🤘🎸', 'genre:rock'],
  ['🤠🪕', 'genre:country'],
  ['🎧', 'background'],
];

const MEANINGS = new Map(TABLE.flatMap(([emoji, meaning]) => Array.from(emoji, String).map((one) => [one, meaning] as const)));

/** What an emoji says about music; undefined for one that says nothing we know. */
export function emojiMeaning(character: string): ContentSense | `genre:${string}` | undefined {
  return MEANINGS.get(character);
}
