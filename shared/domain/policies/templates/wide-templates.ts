import { newTemplate, ruleAtLeast, ruleBetween, targetOf } from './template-parts.ts';
import type { PolicyTemplate } from './template-parts.ts';

const decade = (first: number) => ruleBetween('release_year', [first, first + 9]);

/** The template that a new policy starts from. */
export const WHOLE_CATALOG_TEMPLATE: PolicyTemplate = newTemplate({
  id: 'everything',
  name: 'The whole catalog',
  description: 'Everything that was imported, with the energy of a list that has calm and loud tracks.',
  policy: { prefer: [targetOf('energy', 0.65, 0.2)] },
});

/** Lists across genres: by release, popularity or decade. */
export const WIDE_TEMPLATES: readonly PolicyTemplate[] = [
  newTemplate({
    id: 'hidden-tracks',
    name: 'Hidden tracks',
    description: 'Music that few people know, drawn from a wide reserve, and no artist again for a week where there is a choice.',
    policy: {
      pool: { all: [ruleBetween('popularity', [1, 30])] },
      prefer: [targetOf('energy', 0.6, 0.2), targetOf('danceability', 0.6, 0.14)],
      variety: 0.5,
      artistDays: 7,
    },
  }),
  newTemplate({
    id: 'new-releases',
    name: 'New releases',
    description: 'Released in the last half year, the newest most often, with a fifth of the list new every day.',
    policy: {
      pool: { all: [{ field: 'release_date', op: 'within_days', value: 183, whenUnknown: 'exclude' }] },
      prefer: [{ field: 'release_date', newest: true, weight: 1 }, targetOf('energy', 0.65, 0.18)],
      turnover: 0.2,
    },
  }),
  newTemplate({
    id: 'decades-mix',
    name: 'Decades mix',
    description: 'Known music in blocks: two fifths from the eighties, the rest from the nineties and the 2000s.',
    policy: {
      pool: { all: [ruleAtLeast('popularity', 30)] },
      prefer: [targetOf('valence', 0.65, 0.2), targetOf('energy', 0.7, 0.15)],
      mix: [
        { name: 'Eighties', rule: decade(1980), share: 40 },
        { name: 'Nineties', rule: decade(1990), share: 30 },
        { name: '2000s', rule: decade(2000), share: 30 },
      ],
      flow: { energy: 'wave', harmonic: 0.3, tempo: 0.3 },
    },
  }),
];
