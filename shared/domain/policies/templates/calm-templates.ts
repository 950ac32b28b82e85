import { newTemplate, ruleAtLeast, ruleAtMost, ruleBetween, ruleOfGenres, targetOf } from './template-parts.ts';
import type { PolicyTemplate } from './template-parts.ts';

/** Lists to wake up, work, eat and sleep with. */
export const CALM_TEMPLATES: readonly PolicyTemplate[] = [
  newTemplate({
    id: 'mellow-morning',
    name: 'Mellow morning',
    description: 'Acoustic and calm, more bright than sad, opened by a quiet track.',
    policy: {
      pool: { all: [ruleAtMost('energy', 0.5), ruleAtLeast('acousticness', 0.5), ruleAtLeast('valence', 0.35)] },
      prefer: [targetOf('valence', 0.6, 0.18), targetOf('energy', 0.35, 0.1)],
      roles: { opener: [targetOf('energy', 0.2, 0.1)], closer: [], peak: [] },
    },
  }),
  newTemplate({
    id: 'deep-focus',
    name: 'Deep focus',
    description: 'Quiet instrumental music without speech, and no artist again for three days where there is a choice.',
    policy: {
      pool: { all: [ruleAtLeast('instrumentalness', 0.6), ruleAtMost('speechiness', 0.1)] },
      prefer: [targetOf('energy', 0.3, 0.15), targetOf('instrumentalness', 0.87, 0.06)],
      flow: { energy: 'free', harmonic: 0.2, tempo: 0.5 },
      artistDays: 3,
    },
  }),
  newTemplate({
    id: 'dinner-jazz',
    name: 'Dinner jazz',
    description: 'Acoustic jazz without much speech, a little livelier in the middle.',
    policy: {
      pool: {
        all: [
          ruleAtLeast('acousticness', 0.6),
          ruleAtMost('energy', 0.45),
          ruleAtMost('speechiness', 0.08),
          ruleOfGenres('jazz', 'vocal jazz', 'cool jazz', 'modal jazz', 'bebop', 'hard bop', 'swing', 'bossa nova'),
        ],
      },
      prefer: [targetOf('energy', 0.25, 0.1), targetOf('valence', 0.45, 0.2)],
      flow: { energy: 'peak', harmonic: 0, tempo: 0 },
    },
  }),
  newTemplate({
    id: 'sad-indie',
    name: 'Sad indie',
    description: 'Indie with low valence, from almost bare to loud, closed by the most acoustic track.',
    policy: {
      pool: {
        all: [
          ruleOfGenres('indie', 'indie rock', 'indie pop', 'indie folk', 'indie poptimism', 'dream pop', 'shoegaze', 'slowcore', 'singer-songwriter'),
          ruleAtMost('valence', 0.45),
          ruleAtMost('energy', 0.75),
        ],
      },
      prefer: [targetOf('valence', 0.25, 0.1), targetOf('acousticness', 0.4, 0.25)],
      roles: { opener: [], closer: [targetOf('acousticness', 0.95, 0.1)], peak: [] },
    },
  }),
  newTemplate({
    id: 'sleep',
    name: 'Sleep',
    description: 'Very quiet acoustic music whose energy falls to the last track.',
    policy: {
      pool: { all: [ruleAtMost('energy', 0.25), ruleAtLeast('acousticness', 0.7), ruleAtMost('speechiness', 0.08)] },
      prefer: [targetOf('energy', 0.12, 0.07), targetOf('tempo', 85, 18)],
      flow: { energy: 'fall', harmonic: 0, tempo: 0.2 },
      roles: { opener: [], closer: [targetOf('energy', 0.02, 0.05)], peak: [] },
    },
  }),
  newTemplate({
    id: 'night-drive',
    name: 'Night drive',
    description: 'Dark electronic music from 95 to 128 BPM in two waves of energy, with harmonic mixing.',
    policy: {
      pool: {
        all: [
          ruleOfGenres('electronic', 'electro', 'electropop', 'synth-pop', 'synthwave', 'italo disco', 'techno', 'deep house', 'downtempo', 'edm'),
          ruleBetween('tempo', [95, 128]),
          ruleAtMost('valence', 0.6),
        ],
      },
      prefer: [targetOf('energy', 0.65, 0.15), targetOf('valence', 0.35, 0.13)],
      flow: { energy: 'wave', harmonic: 0.5, tempo: 0.5 },
    },
  }),
];
