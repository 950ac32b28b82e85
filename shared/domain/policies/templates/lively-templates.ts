import { newTemplate, ruleAtLeast, ruleBetween, ruleOfGenres, targetOf } from './template-parts.ts';
import type { PolicyTemplate } from './template-parts.ts';

/** Lists to move to. */
export const LIVELY_TEMPLATES: readonly PolicyTemplate[] = [
  newTemplate({
    id: 'gym',
    name: 'Gym, 128–140 BPM',
    description: 'Loud and danceable at 128 to 140 BPM, with energy that rises to the last track.',
    policy: {
      pool: { all: [ruleBetween('tempo', [128, 140]), ruleAtLeast('energy', 0.55)] },
      prefer: [targetOf('energy', 0.82, 0.1), targetOf('danceability', 0.66, 0.1)],
      flow: { energy: 'rise', harmonic: 0, tempo: 0.3 },
      roles: { opener: [], closer: [targetOf('energy', 0.98, 0.05)], peak: [] },
    },
  }),
  newTemplate({
    id: 'soul-party',
    name: '80s soul party',
    description: 'Bright and danceable soul, funk and disco from 1978 to 1990, at its loudest in the middle.',
    policy: {
      pool: {
        all: [
          ruleBetween('release_year', [1978, 1990]),
          ruleAtLeast('danceability', 0.55),
          ruleAtLeast('valence', 0.5),
          ruleOfGenres('soul', 'r&b', 'funk', 'disco', 'motown', 'boogie', 'post-disco', 'quiet storm', 'new jack swing'),
        ],
      },
      prefer: [targetOf('valence', 0.8, 0.12), targetOf('danceability', 0.75, 0.09)],
      flow: { energy: 'peak', harmonic: 0.2, tempo: 0.3 },
      roles: { opener: [], closer: [], peak: [targetOf('energy', 0.9, 0.1), targetOf('danceability', 0.9, 0.1)] },
    },
  }),
  newTemplate({
    id: 'latin-party',
    name: 'Latin party',
    description: 'Danceable Latin music whose energy peaks in the middle, with harmonic mixing.',
    policy: {
      pool: {
        all: [
          ruleOfGenres('latin', 'latin pop', 'reggaeton', 'salsa', 'cumbia', 'merengue', 'bachata', 'tropical', 'latin hip hop', 'mpb', 'samba'),
          ruleAtLeast('danceability', 0.55),
        ],
      },
      prefer: [targetOf('valence', 0.75, 0.15), targetOf('energy', 0.72, 0.15)],
      flow: { energy: 'peak', harmonic: 0.5, tempo: 0.3 },
      roles: { opener: [], closer: [], peak: [targetOf('energy', 0.95, 0.1), targetOf('danceability', 0.85, 0.1)] },
    },
  }),
  newTemplate({
    id: 'feel-good-hits',
    name: 'Feel-good hits',
    description: 'Well-known bright music, opened by one of the best-known tracks.',
    policy: {
      pool: { all: [ruleAtLeast('popularity', 55), ruleAtLeast('valence', 0.5)] },
      prefer: [targetOf('popularity', 68, 8), targetOf('valence', 0.75, 0.14)],
      roles: { opener: [targetOf('popularity', 100, 15)], closer: [], peak: [] },
    },
  }),
  newTemplate({
    id: 'throwback-hip-hop',
    name: 'Throwback hip hop',
    description: 'Hip hop from 1986 to 2005 around 93 BPM.',
    policy: {
      pool: {
        all: [
          ruleOfGenres('hip hop', 'rap', 'boom bap', 'east coast hip hop', 'west coast hip hop', 'southern hip hop', 'gangster rap', 'trap'),
          ruleBetween('release_year', [1986, 2005]),
        ],
      },
      prefer: [targetOf('danceability', 0.75, 0.1), targetOf('tempo', 93, 10)],
      flow: { energy: 'wave', harmonic: 0, tempo: 0.3 },
    },
  }),
  newTemplate({
    id: 'seventies-rock',
    name: '70s rock',
    description: 'Loud guitars from 1966 to 1984 with energy in two waves.',
    policy: {
      pool: {
        all: [
          ruleOfGenres('rock', 'classic rock', 'hard rock', 'garage rock', 'psychedelic rock', 'krautrock', 'punk', 'heavy metal', 'album rock'),
          ruleBetween('release_year', [1966, 1984]),
          ruleAtLeast('energy', 0.5),
        ],
      },
      prefer: [targetOf('energy', 0.77, 0.13), targetOf('tempo', 125, 20)],
      flow: { energy: 'wave', harmonic: 0, tempo: 0.2 },
    },
  }),
];
