/** Families of genres, each with the words in genre names that belong to it and the things its music is made with and heard in. */

export interface GenreFamily {
  readonly id: string;
  /** As a person would write it in a sentence. */
  readonly label: string;
  readonly objects: readonly string[];
  /** Ids of motifs (motifs.ts), the most typical first. */
  readonly motifs: readonly string[];
}

const family = (id: string, label: string, [objects, motifs]: readonly [string, string]): GenreFamily => ({
  id,
  label,
  objects: objects.split(',').map((word) => word.trim()),
  motifs: motifs.split(' '),
});

/** The families, without order. */
export const GENRE_FAMILIES: readonly GenreFamily[] = [
  family('metal', 'metal', [
    'Anvils, Hammers, Black Steel, Forges, Chain Links, Obsidian, Granite, Tolling Bells, Gargoyles, Molten Lead',
    'anvil bell mountain chain moth',
  ]),
  family('punk', 'punk', [
    'Safety Pins, Photocopies, Basement Shows, Spray Paint, Torn Posters, Boots, Megaphones, Stickers, Skate Ramps, Flyers',
    'pin megaphone boot lightning stairs',
  ]),
  family('rock', 'rock', [
    'Amplifiers, Feedback, Guitar Cases, Power Chords, Tube Glow, Garage Lights, Drum Kits, Set Lists, Tour Vans, Cable Coils',
    'guitar amplifier van lightning road',
  ]),
  family('house', 'house and disco', [
    'Mirror Balls, Strobes, Basement Floors, Four Floors, Late Trains, Drum Machines, Smoke Machines, Club Stamps, Warehouse Keys, Sunrise Sets',
    'mirror-ball key stairs sun eye',
  ]),
  family('techno', 'techno', [
    'Concrete, Circuits, Loading Docks, Turbines, Steel Shutters, Oscillators, Tunnels, Machine Halls, Grid Lines, Substations',
    'gear tunnel tower eye wave',
  ]),
  family('electronic', 'electronic music', [
    'Synthesizers, Patch Cables, Sequencers, Blinking Lights, Sine Waves, Voltage, Circuit Boards, Satellites, Pixels, Antennas',
    'plug satellite wave lamp moon',
  ]),
  family('ambient', 'ambient music', [
    'Horizons, Tape Loops, Long Tones, Fog Banks, Ice Fields, Breath, Deep Water, Slow Clouds, Northern Lights, Open Sky',
    'moon cloud iceberg shell wave',
  ]),
  family('hip-hop', 'hip hop', [
    'Turntables, Boom Boxes, Microphones, Subway Cars, Basketball Courts, Samplers, Rhyme Books, Stoops, Street Murals, Crates',
    'turntable microphone crown train sneaker',
  ]),
  family('soul', 'soul and funk', [
    'Horn Lines, Organ Pipes, Satin, Velvet Ropes, Bass Lines, Tambourines, Back Pews, Candlelight, Record Sleeves, Slow Dances',
    'horn tambourine rose candle reel',
  ]),
  family('jazz', 'jazz', [
    'Brass, Ivory Keys, Double Basses, Brushed Snares, Blue Notes, Cellar Clubs, Smoke Rings, Saxophones, After Hours, Standards',
    'horn stairs double-bass hat moon',
  ]),
  family('blues', 'blues', [
    'Slide Guitars, Harmonicas, Dirt Roads, Juke Joints, Train Whistles, Levees, Freight Yards, Whiskey Glasses, Porch Steps, Crossroads',
    'harmonica train bottle road key',
  ]),
  family('country', 'country', [
    'Pedal Steel, Pickup Trucks, Dust Roads, Barn Dances, Fence Posts, Boot Heels, County Lines, Prairie Wind, Campfires, Gas Stations',
    'boot cactus horseshoe road star',
  ]),
  family('folk', 'folk', [
    'Fiddles, Banjos, Kitchen Songs, Hearth Smoke, Hand Drums, Hedgerows, Wool, Harvests, Footpaths, Stone Walls',
    'fern violin bird wheat acorn',
  ]),
  family('latin', 'Latin music', [
    'Congas, Maracas, Tile Floors, Balconies, Nylon Strings, Plazas, Accordions, Palm Shade, Fan Blades, Mango Trees',
    'palm fan guitar parrot sun',
  ]),
  family('caribbean', 'reggae and Caribbean music', [
    'Sound Systems, Echo Chambers, Steel Pans, Bass Bins, Breadfruit, Palm Fronds, Zinc Roofs, Trade Winds, Coconut Shade, Harbor Walls',
    'palm sun lion shell drum',
  ]),
  family('african', 'African music', [
    'Talking Drums, Thumb Pianos, Dance Bands, Red Earth, Market Days, Shakers, Baobabs, Guitar Rivers, Kola Nuts, Night Markets',
    'drum baobab sun bird basket',
  ]),
  family('classical', 'classical music', [
    'Strings, Cellos, Grand Pianos, Concert Halls, Sheet Music, Metronomes, Chandeliers, Batons, Chapels, Music Stands',
    'violin metronome column feather key',
  ]),
  family('asian', 'Asian pop and song', [
    'Bullet Trains, Lantern Streets, Karaoke Booths, Rooftop Tanks, Silk, Night Arcades, Paper Fans, Ginkgo Leaves, Tea Houses, Umbrellas',
    'fan umbrella wave fish lantern',
  ]),
  family('pop', 'pop', [
    'Choruses, Hairbrush Microphones, Bubblegum, Lip Gloss, Photo Booths, Ring Lights, Crushes, Diaries, Stage Lights, Polaroids',
    'heart balloon cherry star lips',
  ]),
  family('other', 'many kinds of music', [
    'Records, Radios, Dials, Speakers, Needles, Tape Reels, Headphones, Frequencies, Signals, Playbacks',
    'reel radio eye key stairs',
  ]),
];

/** The first line that matches decides, so narrower names stand before wider ones. */
const NAMES: readonly (readonly [string, RegExp])[] = [
  ['metal', /metal|djent|grindcore|metalcore|deathcore|doom/],
  ['punk', /punk|hardcore|\bemo\b|riot grrrl|\boi\b/],
  ['caribbean', /reggae(?!ton)|\bdub\b|dancehall|\bska\b|calypso|\bsoca\b|rocksteady|zouk|kompa/],
  ['african', /afro(?!\s?punk)|highlife|amapiano|soukous|kizomba|mbalax|juju|gqom|ethio|malian|kwaito/],
  [
    'latin',
    /latin|salsa|samba|bossa|\bmpb\b|cumbia|bolero|reggaeton|tango|mariachi|bachata|merengue|flamenco|ranchera|corrido|sertanejo|pagode|\bforr/,
  ],
  ['asian', /\b[jkc]-?(?:pop|rock|rap)\b|city pop|shibuya|mandopop|cantopop|enka|bollywood|ghazal|anatolian|filmi|anime|hindustani|carnatic|qawwali/],
  ['ambient', /ambient|drone|new age|sleep|meditation|space music/],
  ['techno', /techno|industrial|\bebm\b|trance|hardstyle|gabber/],
  ['house', /house|disco|garage house|uk garage|eurodance|hi-?nrg/],
  ['hip-hop', /hip.?hop|\brap\b|\btrap\b|grime|drill|boom bap|turntablism|crunk/],
  [
    'electronic',
    /electro|\bedm\b|idm|downtempo|trip.?hop|drum and bass|drum & bass|dubstep|jungle|breakbeat|synth(?!-?pop)|chill|vaporwave|glitch|big beat|future bass/,
  ],
  ['soul', /soul|funk|r&b|rnb|motown|gospel|quiet storm|new jack/],
  ['jazz', /jazz|bebop|\bbop\b|swing|big band|ragtime|dixieland/],
  ['blues', /blues/],
  ['country', /country|americana|bluegrass|honky|outlaw|western swing/],
  ['folk', /folk|singer|acoustic|chanson|cantautor|celtic|klezmer|fado|polka|traditional/],
  ['classical', /classical|piano|orchestr|chamber|opera|baroque|symphon|choral|string quartet|minimalis|romantic era/],
  ['rock', /rock|grunge|shoegaze|indie|alternative|new wave|britpop|psychedelic|surf|krautrock|garage/],
  ['pop', /pop|schlager|boy band|girl group|ballad/],
];

/** The family of a genre name in any case; "other" when no word in it is known. */
export function genreFamilyOf(genre: string): GenreFamily {
  const name = genre.toLowerCase();
  const id = NAMES.find(([, words]) => words.test(name))?.[0] ?? 'other';
  const found = GENRE_FAMILIES.find((one) => one.id === id);
  if (!found) throw new RangeError(`There is no genre family ${id}.`);
  return found;
}
