import { PATH_COMMANDS as C } from './display-list.ts';
import type { Path } from './display-list.ts';
import { AIR_EMBLEMS } from './emblems/air.ts';
import { FIELD_EMBLEMS } from './emblems/field.ts';
import { INSTRUMENT_EMBLEMS } from './emblems/instruments.ts';
import { SEA_EMBLEMS } from './emblems/sea.ts';
import { TOWN_EMBLEMS } from './emblems/town.ts';
import { disc, rounded } from './shapes.ts';
import type { Subject } from './subject.ts';

/**
 * Sixty flat objects on a square from −50 to 50. An object is layers divided by "|": a letter for the ink (a and b are the two inks, g is the ground),
 * then commands: M x y, L x y …, C six numbers …, Z, O x y radius (disc), B x y width height radius (box).
 */
const EMBLEMS: Readonly<Record<string, string>> = { ...INSTRUMENT_EMBLEMS, ...TOWN_EMBLEMS, ...FIELD_EMBLEMS, ...SEA_EMBLEMS, ...AIR_EMBLEMS };

export const EMBLEM_NAMES: readonly string[] = Object.keys(EMBLEMS);

export interface EmblemLayer {
  readonly ink: 'a' | 'b' | 'g';
  readonly path: Path;
}

/** An object's layers, from back to front; an unknown name gives none. */
export function emblemLayers(name: string): readonly EmblemLayer[] {
  return (EMBLEMS[name] ?? '')
    .split('|')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const [ink, ...tokens] = text.trim().split(/\s+/u);
      return { ink: ink === 'b' || ink === 'g' ? ink : 'a', path: parsePath(tokens) };
    });
}

function parsePath(tokens: readonly string[]): Path {
  const path: number[] = [];
  let command = '';
  for (let i = 0; i < tokens.length;) {
    if (/^[A-Z]$/u.test(tokens[i] ?? '')) command = tokens[i++] ?? '';
    if (command === 'Z') {
      path.push(C.close);
      continue;
    }
    const numbers = tokens.slice(i, i + (ARITY[command] ?? 1)).map(Number);
    i += ARITY[command] ?? 1;
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = numbers;
    if (command === 'O') path.push(...disc(a, b, c));
    else if (command === 'B') path.push(...rounded(a, b, { width: c, height: d, radius: e }));
    else path.push(command === 'M' ? C.move : command === 'L' ? C.line : C.curve, ...numbers);
  }
  return path;
}

const ARITY: Readonly<Record<string, number>> = { M: 2, L: 2, C: 6, O: 3, B: 5 };

/** Objects that stand for a genre; the first match decides. */
const BY_GENRE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/jazz|swing|big band|bop/u, ['trumpet', 'piano', 'hat', 'stairs', 'glass', 'lamp']],
  [/classical|orchestr|chamber|opera|baroque|piano/u, ['violin', 'piano', 'harp', 'metronome', 'swan', 'arch']],
  [/techno|house|electro|edm|trance|drum and bass|garage/u, ['speaker', 'stairs', 'ladder', 'lightning', 'window', 'headphones']],
  [/hip.?hop|rap|trap|grime|drill/u, ['microphone', 'cassette', 'crown', 'speaker', 'telephone', 'bus']],
  [/metal|hardcore|industrial/u, ['lightning', 'bell', 'owl', 'boot', 'anchor', 'mountain']],
  [/punk|garage rock|grunge|rock/u, ['guitar', 'boot', 'drum', 'lightning', 'television', 'speaker']],
  [/country|americana|bluegrass/u, ['horseshoe', 'hat', 'barn', 'guitar', 'wheat', 'boot']],
  [/folk|singer|acoustic|celtic/u, ['fern', 'violin', 'accordion', 'pear', 'owl', 'tree']],
  [/blues|soul|gospel|funk/u, ['bottle', 'trumpet', 'bell', 'hat', 'bus', 'key']],
  [/disco|dance|k-?pop|pop/u, ['star', 'cherries', 'telephone', 'balloon', 'kite', 'tulip']],
  [/reggae|dub|ska|afro|latin|cumbia|samba|bossa|salsa|tango/u, ['cactus', 'drum', 'fan', 'shell', 'accordion', 'fish']],
  [/psychedelic|space|cosmic|synth|new wave/u, ['rocket', 'moon', 'mushroom', 'television', 'balloon', 'feather']],
  [/ambient|chill|lo-?fi|dream|sleep|new age|drone/u, ['moon', 'wave', 'lantern', 'cloud', 'lighthouse', 'cup']],
];

const BY_SUBJECT: Readonly<Record<Subject, readonly string[]>> = {
  land: Object.keys(FIELD_EMBLEMS),
  city: Object.keys(TOWN_EMBLEMS),
  water: Object.keys(SEA_EMBLEMS),
  sky: Object.keys(AIR_EMBLEMS),
};

/** The objects that fit a playlist's heaviest genre; without a match, those of its subject. */
export function emblemsFor(genre: string | undefined, subject: Subject): readonly string[] {
  const match = genre === undefined ? undefined : BY_GENRE.find(([words]) => words.test(genre.toLowerCase()));
  return match?.[1] ?? BY_SUBJECT[subject];
}
