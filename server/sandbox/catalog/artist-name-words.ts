import type { Language } from './genres.ts';

const words = (text: string): readonly string[] => text.split('|');

/** Parts of band and project names in English: `The {many}`, `{quality} {one}`, `{place} {one}`, `{number} {many}`. */
export const ARTIST_NAME_WORDS = {
  many: words(
    'Lanterns|Sparrows|Tramlines|Night Porters|Paper Kings|Foxgloves|Daytrippers|Static Hearts|Low Ceilings|Wharf Rats|Marionettes|Velvets|Half Sisters|Understudies|Cartographers|Lemon Trees|Ferrymen|Copperheads|Wallflowers Club|Telegraphs|Bluebottles|Switchmen|Harvesters|Weathermen|Nightingales|Rent Collectors|Matchstick Men|Orphans|Conductors|Magpies|Sleepers|Kittiwakes|Pilots|Deacons|Ravens of Leith|Brickmakers|Cosmonauts|Moths|Hollow Bells|Redcaps|Old Firm|Ushers|Roman Candles|Tin Soldiers',
  ),
  quality: words(
    'Silver|Hollow|Crooked|Northern|Electric|Pale|Sudden|Golden|Broken|Velvet|Distant|Wicked|Marble|Burning|Secret|Iron|Quiet|Plastic|Scarlet|Lost|Second|Nocturnal|Static|Feral|Royal|Empty|Wooden|Bitter|Little|Grand|Modern|Solar|Winter|Blind|Ghost|Tidal',
  ),
  one: words(
    'Harbour|Orchard|Parade|Machine|Antler|Theatre|Bicycle|Engine|Horizon|Choir|Furnace|Arcade|Mountain|Kitchen|Ceremony|Signal|Museum|Vessel|Tiger|Empire|Avenue|Language|Fever|Garden|Wolf|Picture House|Anchor|Temple|Carnival|Republic|Motel|Cinema|Weather|Compass|Hotel|Railway|Ritual|Season|Society|Gospel',
  ),
  place: words(
    'Whitby|Calumet|Tulsa|Marfa|Leith|Duluth|Salford|Galway|Bergen|Oakland|Amarillo|Halifax|Dunedin|Savannah|Trieste|Peckham|Kingston|Biloxi|Antwerp|Wollongong|Tacoma|Cardiff|Nashua|Humboldt|Aberdeen|Baltimore|Sheffield|Yuma|Malmö|Hobart',
  ),
  alias: words(
    'Kestrel|Moiré|Subtract|Ondine|Parallax|Tessellate|Hexa|Lowkey Lou|Vanta|Nimbus 9|Osmosis Jo|Kid Cathode|DJ Marrow|Cassette Park|Solenoid|Mono Lake|Redshift|Ultra Vera|Phase Garden|Basalt|Concrete Lily|Kilo Watts|Hologram Joe|Sleet|Tamper|Vera Cruz|Lux Aeterna Jr.|Polar Unit|Soft Circuit|Night Bus|Interval|Obsidian Kid|Fathom|Delta Wave|Rook & Bishop|Glasswing|Rorschach Youth|Ampere|Mister Quartz|Juno Static|Zenith Radio|Orbital Decay|Copper Sulphate|Anemone|Slow Pixel|Mirage Motel|Ohm Sweet Ohm|Petrichor|Syntax|Halogen|Tectonic|Lady Cobalt|Big Theorem|Young Almanac|MC Parable|Prophet Nine|Cipher Jones|Saint Dialect|Ghost Notary|Lil Meridian|Verse Mechanic|Doc Ledger|Queen Amber|Rhyme Butler|Baron Low|Figure Eight|Nova Ellington|Jade Monsoon',
  ),
  ensemble: words('Quartet|Trio|Ensemble|Orchestra|Quintet|Sextet|Collective|Chamber Players|Sinfonietta|Big Band|Septet|Strings'),
} as const;

/** Complete band names in the other languages. Articles and adjectives must agree there, so names are not combined from parts. */
const BANDS: Readonly<Partial<Record<Language, readonly string[]>>> = {
  es: words(
    'Los Relámpagos del Norte Chico|La Sonora Miramar|Los Capitanes|Grupo Candelaria|Los Hermanos Quiroga|Las Golondrinas|Orquesta Malecón|Los Murciélagos|La Banda del Muelle|Tres Palmas|Los Faroles|Perro Andaluz Club|La Orquesta Tropical Ibarra|Los Trasnochados|Ceniza|Mañana Eléctrica|Los Gavilanes de Ocaña|Conjunto Caney',
  ),
  pt: words(
    'Os Tamoios|Trio Maresia|Bando da Ladeira|Os Novos Caetés|As Cigarras|Quarteto Guanabara|Tropicália Elétrica|Os Cometas|Banda Pau-Ferro|Trem das Onze e Meia|Grupo Sereno|Os Inquilinos',
  ),
  fr: words(
    'Les Valseurs|Nuit Américaine|Les Parapluies|Grand Hôtel|Les Enfants du Canal|Café Péniche|Soleil Noir|Les Cyclistes|Palais des Ombres|La Ligne Claire|Tabac Gris|Les Mouettes|Hiver Rouge|Ministère de l’Ennui',
  ),
  de: words(
    'Kaltfront|Die Nachbarn|Mondbasis|Der Plan B|Neue Stille|Zebrastreifen|Fernsehturm|Die Blaue Stunde|Ostkreuz|Kabelsalat|Sonnenallee|Grauzone 7|Trümmerblume|Zeitlupe|Bunker Ost|Raumstation|Elektrolyt',
  ),
  it: words(
    'I Gabbiani|Le Orme Perdute|Nuovo Mondo|I Forestieri|Stazione Centrale|Radio Adriatico|Gli Sconosciuti|Officina Luna|I Notturni|Baia del Re|Teatro Stabile|Quartiere Nord',
  ),
  sv: words(
    'Nordan|Dimman|Träd, Eld & Vatten|Vinterns Barn|Sju Mil|Fågelvägen|Blåklint|Tjärn|Grå Älg|Skymningslandet|Norra Hamnen|Isfolket|Kopparslagarna|Solvarv',
  ),
  ja: words(
    'Yumegiwa Orchestra|Tokyo Aquarium|夜行列車|Minato Club|Plastic Kimono|金魚|Asagao|Cosmo Drive|Shirokuma Sound|透明な街|Number Eight Ramen|Hoshizora Band|Kamome Radio|スピカ|Neon Bonsai|Tengu Wave',
  ),
  yo: words(
    'Oriental Stars of Owerri|Cape Coast Rockers|Black Santos|Ibadan Highlanders|The Lagoon Brothers|Professional Seagulls of Port Harcourt|Gold Coast Ramblers|Akwaaba Sound|Egbe Funk Union|Uhuru Dance Band No. 2|Yaba Jets|Sahel Express|Eko Groove Committee|The Harmattan Kings',
  ),
  tr: words('Bozkır Ekspresi|Mavi Kervan|Üç Deniz|Gece Bekçileri|Anadolu Yıldızları|Kuzey Rüzgârı|Gümüş Kanat|Taş Plak|Kardaşlar Birliği|Yedi Tepe'),
};

/** Complete band names of a language; undefined for English, whose names are combined from parts. */
export function bandsOf(tongue: Language): readonly string[] | undefined {
  return BANDS[tongue];
}

/** Parts of record label names: a name and a suffix. */
export const LABEL_WORDS = {
  first: words(
    'Harbourside|Blue Lantern|Kestrel|Meridian|Tin Roof|Parallel|Southgate|Magnet|Old Mill|Ferrous|Night Ferry|Halcyon|Corduroy|Ninth Street|Saltbox|Mandarin|Polestar|Linden|Ember|Brass Key|Open Reel|Tideline|Copperplate|Zephyr|Monsoon|Fieldhouse|Paloma|Aurelia|Nordhaven|Kiosk',
  ),
  second: words('Records|Recordings|Music|Discs|Sound|Phonograph Co.|Editions|Tapes'),
} as const;

/** Venues of live albums. */
export const VENUES = words(
  'the Lyceum|Harbour Hall|the Old Corn Exchange|Teatro Alhambra|the Palladium, Cleveland|Folkets Hus|the Blue Room|Salle Garance|Osaka Festival Hall|Cine Ópera|the Roundel|Alte Molkerei|the Ferry Ballroom|Carnaval Hall|Union Chapel Street|the Lighthouse',
);
