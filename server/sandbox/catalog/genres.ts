/** A genre's typical audio features, languages and years. Tracks deviate enough that every genre has quiet and loud ones. */
export interface Genre {
  readonly name: string;
  readonly scene: Scene;
  /** Years in which its artists start. */
  readonly years: readonly [number, number];
  readonly tongues: readonly Language[];
  readonly acts: readonly ArtistKind[];
  readonly tempo: number;
  readonly energy: number;
  readonly valence: number;
  readonly danceability: number;
  readonly acousticness: number;
  readonly instrumentalness: number;
  readonly speechiness: number;
  readonly minor: number;
  readonly explicit: number;
  /** Typical length of a track in seconds. */
  readonly seconds: number;
}

/** Groups of related genres. Artists of one scene record together. */
export const SCENES = ['rock', 'pop', 'electronic', 'hip-hop', 'soul', 'jazz', 'folk', 'latin', 'africa', 'classical', 'ambient', 'asia'] as const;
export type Scene = (typeof SCENES)[number];

export const LANGUAGES = ['en', 'es', 'pt', 'fr', 'de', 'it', 'sv', 'ja', 'yo', 'tr', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

export const ARTIST_KINDS = ['band', 'solo', 'alias', 'ensemble'] as const;
export type ArtistKind = (typeof ARTIST_KINDS)[number];

type Row = readonly [
  name: string,
  scene: Scene,
  years: readonly [number, number],
  tongues: string,
  acts: string,
  sound: readonly [tempo: number, energy: number, valence: number, dance: number, acoustic: number, instrumental: number, speech: number],
  rest: readonly [minor: number, explicit: number, seconds: number],
];

const ROWS: readonly Row[] = [
  ['rock and roll', 'rock', [1955, 1963], 'en', 'band solo', [148, 0.72, 0.85, 0.58, 0.55, 0.01, 0.05], [0.12, 0, 148]],
  ['garage rock', 'rock', [1963, 2006], 'en sv', 'band', [138, 0.82, 0.66, 0.49, 0.12, 0.05, 0.06], [0.3, 0.02, 172]],
  ['psychedelic rock', 'rock', [1966, 2019], 'en pt sv', 'band', [118, 0.6, 0.48, 0.42, 0.3, 0.22, 0.05], [0.4, 0, 268]],
  ['classic rock', 'rock', [1967, 1982], 'en', 'band band solo', [122, 0.68, 0.56, 0.5, 0.22, 0.06, 0.05], [0.3, 0, 246]],
  ['krautrock', 'rock', [1969, 1980], 'de', 'band', [126, 0.58, 0.44, 0.52, 0.2, 0.66, 0.05], [0.45, 0, 412]],
  ['punk', 'rock', [1976, 2012], 'en es de', 'band', [168, 0.92, 0.58, 0.44, 0.03, 0.02, 0.08], [0.32, 0.16, 146]],
  ['post-punk', 'rock', [1978, 2022], 'en de fr', 'band', [136, 0.74, 0.5, 0.56, 0.08, 0.16, 0.05], [0.52, 0.04, 224]],
  ['new wave', 'pop', [1978, 1988], 'en fr de', 'band solo', [128, 0.72, 0.72, 0.66, 0.1, 0.05, 0.04], [0.34, 0, 232]],
  ['heavy metal', 'rock', [1974, 2020], 'en sv de', 'band', [134, 0.93, 0.36, 0.4, 0.01, 0.12, 0.07], [0.62, 0.08, 288]],
  ['shoegaze', 'rock', [1987, 2021], 'en ja', 'band', [118, 0.72, 0.32, 0.36, 0.06, 0.4, 0.04], [0.38, 0, 262]],
  ['indie rock', 'rock', [1986, 2024], 'en sv es', 'band band solo', [126, 0.68, 0.5, 0.52, 0.16, 0.08, 0.05], [0.32, 0.05, 218]],
  ['dream pop', 'pop', [1985, 2024], 'en fr ja', 'band solo', [108, 0.5, 0.36, 0.5, 0.28, 0.28, 0.04], [0.36, 0.01, 242]],
  ['synth-pop', 'pop', [1979, 2024], 'en de sv fr', 'band solo alias', [122, 0.72, 0.6, 0.68, 0.1, 0.1, 0.05], [0.42, 0.02, 222]],
  ['pop', 'pop', [1984, 2025], 'en sv es it', 'solo', [118, 0.68, 0.58, 0.68, 0.18, 0.01, 0.07], [0.38, 0.08, 204]],
  ['chanson', 'folk', [1955, 2015], 'fr', 'solo', [104, 0.36, 0.44, 0.5, 0.72, 0.02, 0.08], [0.5, 0, 196]],
  ['city pop', 'asia', [1976, 1988], 'ja', 'solo band', [114, 0.66, 0.78, 0.7, 0.16, 0.03, 0.04], [0.4, 0, 258]],
  ['j-rock', 'asia', [1990, 2024], 'ja', 'band', [148, 0.88, 0.56, 0.48, 0.04, 0.04, 0.07], [0.44, 0, 246]],
  ['shibuya-kei', 'asia', [1990, 2003], 'ja fr', 'band alias', [118, 0.62, 0.72, 0.64, 0.24, 0.18, 0.05], [0.28, 0, 226]],
  ['house', 'electronic', [1986, 2025], 'en fr de', 'alias', [124, 0.78, 0.6, 0.8, 0.04, 0.62, 0.05], [0.55, 0.01, 352]],
  ['techno', 'electronic', [1988, 2025], 'de en sv', 'alias', [131, 0.8, 0.32, 0.74, 0.03, 0.84, 0.05], [0.6, 0, 388]],
  ['drum and bass', 'electronic', [1993, 2025], 'en pt', 'alias', [173, 0.88, 0.42, 0.58, 0.03, 0.52, 0.08], [0.58, 0.02, 298]],
  ['french house', 'electronic', [1996, 2012], 'fr', 'alias', [123, 0.78, 0.7, 0.79, 0.05, 0.44, 0.05], [0.5, 0, 276]],
  ['downtempo', 'electronic', [1992, 2023], 'en de fr', 'alias band', [94, 0.5, 0.44, 0.66, 0.26, 0.52, 0.06], [0.54, 0.01, 284]],
  ['idm', 'electronic', [1991, 2022], 'en de', 'alias', [118, 0.56, 0.34, 0.56, 0.24, 0.8, 0.07], [0.5, 0, 302]],
  ['ambient', 'ambient', [1975, 2025], 'en ja de sv', 'alias solo', [92, 0.18, 0.16, 0.24, 0.8, 0.88, 0.04], [0.4, 0, 366]],
  ['drone', 'ambient', [1990, 2024], 'en sv de', 'alias solo', [88, 0.22, 0.08, 0.16, 0.66, 0.9, 0.04], [0.46, 0, 520]],
  ['boom bap', 'hip-hop', [1988, 2022], 'en fr de', 'alias band', [92, 0.68, 0.56, 0.74, 0.16, 0.03, 0.26], [0.5, 0.62, 232]],
  ['trap', 'hip-hop', [2008, 2025], 'en fr es', 'alias', [142, 0.62, 0.38, 0.76, 0.14, 0.01, 0.2], [0.56, 0.74, 178]],
  ['alternative hip hop', 'hip-hop', [1990, 2025], 'en pt', 'alias solo', [98, 0.62, 0.52, 0.7, 0.24, 0.03, 0.24], [0.46, 0.5, 212]],
  ['instrumental hip hop', 'hip-hop', [1996, 2025], 'en ja', 'alias', [86, 0.42, 0.46, 0.7, 0.42, 0.8, 0.08], [0.5, 0.01, 142]],
  ['soul', 'soul', [1959, 2024], 'en', 'solo band', [108, 0.52, 0.68, 0.6, 0.46, 0.01, 0.05], [0.3, 0.01, 196]],
  ['funk', 'soul', [1968, 2020], 'en yo', 'band', [110, 0.76, 0.82, 0.78, 0.14, 0.12, 0.07], [0.42, 0.01, 262]],
  ['disco', 'soul', [1974, 1983], 'en fr it', 'band solo', [119, 0.78, 0.84, 0.76, 0.1, 0.08, 0.05], [0.44, 0, 304]],
  ['r&b', 'soul', [1988, 2025], 'en', 'solo', [98, 0.54, 0.46, 0.68, 0.28, 0.01, 0.09], [0.5, 0.32, 222]],
  ['bebop', 'jazz', [1955, 1966], 'en', 'solo', [132, 0.38, 0.52, 0.5, 0.86, 0.62, 0.05], [0.42, 0, 374]],
  ['modal jazz', 'jazz', [1958, 2018], 'en sv ja', 'solo ensemble', [112, 0.32, 0.38, 0.46, 0.84, 0.76, 0.04], [0.52, 0, 442]],
  ['vocal jazz', 'jazz', [1955, 2020], 'en fr', 'solo', [108, 0.26, 0.44, 0.5, 0.88, 0.02, 0.05], [0.34, 0, 206]],
  ['jazz fusion', 'jazz', [1969, 2022], 'en ja pt', 'band ensemble', [116, 0.58, 0.58, 0.56, 0.32, 0.72, 0.05], [0.5, 0, 352]],
  ['folk', 'folk', [1958, 2024], 'en sv', 'solo solo band', [112, 0.28, 0.44, 0.5, 0.84, 0.04, 0.05], [0.26, 0, 208]],
  ['americana', 'folk', [1968, 2025], 'en', 'solo band', [116, 0.46, 0.5, 0.54, 0.54, 0.02, 0.04], [0.16, 0.02, 226]],
  ['country', 'folk', [1955, 2024], 'en', 'solo', [120, 0.5, 0.64, 0.56, 0.52, 0.01, 0.04], [0.08, 0.01, 188]],
  ['nordic folk', 'folk', [1978, 2023], 'sv', 'ensemble solo', [106, 0.34, 0.38, 0.42, 0.78, 0.34, 0.04], [0.54, 0, 242]],
  ['bossa nova', 'latin', [1958, 2016], 'pt', 'solo', [126, 0.3, 0.6, 0.6, 0.82, 0.12, 0.04], [0.4, 0, 168]],
  ['mpb', 'latin', [1966, 2024], 'pt', 'solo', [118, 0.48, 0.62, 0.58, 0.56, 0.03, 0.05], [0.36, 0, 214]],
  ['salsa', 'latin', [1966, 2018], 'es', 'ensemble solo', [178, 0.76, 0.86, 0.66, 0.44, 0.02, 0.06], [0.5, 0, 286]],
  ['cumbia', 'latin', [1960, 2024], 'es', 'ensemble band', [98, 0.68, 0.88, 0.78, 0.36, 0.06, 0.05], [0.54, 0, 196]],
  ['bolero', 'latin', [1955, 1992], 'es', 'solo', [102, 0.32, 0.5, 0.48, 0.84, 0.01, 0.04], [0.5, 0, 184]],
  ['latin pop', 'latin', [1986, 2025], 'es it', 'solo', [112, 0.7, 0.64, 0.7, 0.22, 0.01, 0.06], [0.46, 0.04, 210]],
  ['reggaeton', 'latin', [2002, 2025], 'es', 'alias', [95, 0.74, 0.66, 0.8, 0.16, 0.01, 0.11], [0.52, 0.34, 196]],
  ['tango', 'latin', [1955, 2008], 'es', 'ensemble solo', [124, 0.34, 0.46, 0.5, 0.88, 0.4, 0.06], [0.74, 0, 188]],
  ['highlife', 'africa', [1957, 1988], 'yo', 'ensemble', [118, 0.66, 0.88, 0.7, 0.46, 0.12, 0.06], [0.14, 0, 314]],
  ['afrobeat', 'africa', [1970, 2022], 'yo', 'ensemble band', [116, 0.74, 0.82, 0.74, 0.2, 0.26, 0.08], [0.58, 0, 512]],
  ['afrobeats', 'africa', [2008, 2025], 'yo', 'alias solo', [108, 0.66, 0.66, 0.76, 0.24, 0.02, 0.1], [0.46, 0.12, 192]],
  ['anatolian rock', 'asia', [1967, 2022], 'tr', 'band solo', [122, 0.62, 0.56, 0.54, 0.28, 0.12, 0.05], [0.78, 0, 238]],
  ['ghazal', 'asia', [1956, 2010], 'hi', 'solo', [98, 0.3, 0.5, 0.48, 0.86, 0.02, 0.05], [0.5, 0, 362]],
  ['italo disco', 'electronic', [1981, 1989], 'it en', 'alias', [124, 0.8, 0.78, 0.76, 0.06, 0.14, 0.04], [0.58, 0, 342]],
  ['cantautori', 'folk', [1960, 2022], 'it', 'solo', [112, 0.38, 0.44, 0.5, 0.66, 0.01, 0.05], [0.34, 0, 232]],
  ['contemporary classical', 'classical', [1960, 2025], 'en de it sv', 'ensemble solo', [96, 0.16, 0.14, 0.26, 0.94, 0.88, 0.04], [0.52, 0, 318]],
  ['solo piano', 'classical', [1956, 2025], 'en de fr ja', 'solo', [98, 0.12, 0.2, 0.34, 0.98, 0.92, 0.04], [0.44, 0, 212]],
];

/** Every genre of the generated catalog. */
export const GENRES: readonly Genre[] = ROWS.map(([name, scene, years, tongues, acts, sound, [minor, explicit, seconds]]) => {
  const [tempo, energy, valence, danceability, acousticness, instrumentalness, speechiness] = sound;
  const parsed = { tongues: listed(LANGUAGES, tongues), acts: listed(ARTIST_KINDS, acts) };
  return {
    name,
    scene,
    years,
    ...parsed,
    tempo,
    energy,
    valence,
    danceability,
    acousticness,
    instrumentalness,
    speechiness,
    minor,
    explicit,
    seconds,
  };
});

function listed<T extends string>(known: readonly T[], words: string): readonly T[] {
  return words.split(' ').map((word) => {
    const match = known.find((one) => one === word);
    if (match === undefined) throw new TypeError(`"${word}" is not one of ${known.join(', ')}.`);
    return match;
  });
}
