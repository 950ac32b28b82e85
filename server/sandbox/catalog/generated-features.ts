import { SALT } from './generated-artists.ts';
import type { GeneratedArtist } from './generated-artists.ts';
import type { SandboxFeatures } from './catalog.ts';
import { mix, seededRandom } from './seeded-random.ts';

/** Records became louder and less acoustic over time; a year is interpolated between these two. */
const QUIET_YEAR = 1955;
const LOUD_YEAR = 2012;

/** Generates a recording's audio features from its genre, its artist's deviation, its year and random variation. Pure in (seed, artist, recording). */
export function generateFeatures(seed: number, act: GeneratedArtist, recording: { key: number; year: number }): SandboxFeatures {
  const artistRandom = seededRandom(mix(seed, SALT.sound, act.index));
  const trackRandom = seededRandom(mix(seed, SALT.sound, recording.key + 0x10000000));
  const { genre } = act;
  const modern = clamp((recording.year - QUIET_YEAR) / (LOUD_YEAR - QUIET_YEAR));
  const around = (mean: number, spread: number) => round(clamp(mean + artistRandom.bell(0, spread * 0.6) + trackRandom.bell(0, spread)), 4);
  const energy = around(genre.energy + (modern - 0.5) * 0.08, 0.12);
  const tempo = genre.tempo * (1 + artistRandom.bell(0, 0.05) + trackRandom.bell(0, 0.09));
  return {
    danceability: around(genre.danceability, 0.09),
    energy,
    key: trackRandom.below(12),
    loudness: round(Math.min(-1.2, -19 + energy * 11 + modern * 4.5 + trackRandom.bell(0, 1.3)), 3),
    mode: trackRandom.chance(genre.minor) ? 0 : 1,
    speechiness: round(clamp(genre.speechiness * (0.6 + trackRandom.next())), 4),
    acousticness: around(genre.acousticness * (1.12 - modern * 0.24), 0.12),
    instrumentalness: instrumental(genre.instrumentalness, trackRandom.next(), trackRandom.next()),
    liveness: round(0.05 + 0.3 * trackRandom.next() ** 2, 4),
    valence: around(genre.valence, 0.16),
    tempo: round(Math.min(212, Math.max(58, tempo)), 3),
    timeSignature: trackRandom.chance(0.9) ? 4 : trackRandom.chance(0.8) ? 3 : 5,
  };
}

/** Most tracks are clearly vocal or clearly instrumental; few are in between. */
function instrumental(share: number, roll: number, amount: number): number {
  return roll < share ? round(0.72 + amount * 0.24, 4) : round(amount ** 6 * 0.3, 6);
}

const clamp = (value: number) => Math.min(0.99, Math.max(0.005, value));
const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
