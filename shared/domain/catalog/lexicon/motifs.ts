/** Objects that a picture may show, as ids and as words for a prompt. None is a trademark, and none is a person. */
const OBJECTS = {
  acorn: 'an acorn',
  amplifier: 'a guitar amplifier',
  anvil: 'an anvil',
  balloon: 'a balloon',
  baobab: 'a baobab tree',
  basket: 'a woven basket',
  bell: 'a bell',
  bicycle: 'a bicycle',
  bird: 'a bird in flight',
  boat: 'a small boat',
  boot: 'a boot',
  bottle: 'a bottle',
  bridge: 'a bridge',
  cactus: 'a cactus',
  candle: 'a candle',
  chain: 'a chain',
  chair: 'an empty chair',
  cherry: 'two cherries',
  cloud: 'a cloud',
  column: 'a column',
  crown: 'a crown',
  'double-bass': 'a double bass',
  drum: 'a drum',
  eye: 'an eye',
  fan: 'a folding fan',
  feather: 'a feather',
  fern: 'a fern',
  fish: 'a fish',
  gear: 'a gear wheel',
  guitar: 'a guitar',
  harmonica: 'a harmonica',
  hat: 'a hat',
  heart: 'a heart',
  horn: 'a horn',
  horseshoe: 'a horseshoe',
  iceberg: 'an iceberg',
  key: 'a key',
  lamp: 'a lamp',
  lantern: 'a paper lantern',
  leaf: 'a falling leaf',
  lightning: 'a bolt of lightning',
  lighthouse: 'a lighthouse',
  lion: 'a lion',
  lips: 'a pair of lips',
  megaphone: 'a megaphone',
  metronome: 'a metronome',
  microphone: 'a microphone',
  'mirror-ball': 'a mirror ball',
  moon: 'the moon',
  moth: 'a moth',
  mountain: 'a mountain',
  palm: 'a palm tree',
  parrot: 'a parrot',
  pin: 'a safety pin',
  plug: 'a plug and its cable',
  radio: 'a radio',
  reel: 'a tape reel',
  road: 'an open road',
  rose: 'a rose',
  satellite: 'a satellite',
  shell: 'a seashell',
  sneaker: 'a sneaker',
  stairs: 'a staircase',
  star: 'a star',
  sun: 'the sun',
  tambourine: 'a tambourine',
  tower: 'a tower',
  train: 'a train',
  tunnel: 'a tunnel',
  turntable: 'a turntable',
  umbrella: 'an umbrella',
  van: 'a van',
  violin: 'a violin',
  wave: 'a wave',
  wheat: 'an ear of wheat',
} as const;

export type MotifId = keyof typeof OBJECTS;

/** The id of every motif, in alphabetical order. */
export const MOTIF_IDS = Object.keys(OBJECTS) as readonly MotifId[];

/** A motif in words, with its article: "a tape reel". */
export function describeMotif(id: MotifId): string {
  return OBJECTS[id];
}

/** Whether the text is the id of a motif. */
export function isMotifId(text: string): text is MotifId {
  return Object.hasOwn(OBJECTS, text);
}
