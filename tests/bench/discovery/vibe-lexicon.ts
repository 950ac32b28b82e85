import { existsSync } from 'node:fs';
import { featureScaleOf, GENERAL_SCALE } from '#shared/domain/discovery/vibes/feature-scale.ts';
import { artistNamesOf, NO_ARTISTS } from '#shared/domain/discovery/vibes/names.ts';
import { parseVibe } from '#shared/domain/discovery/vibes/parse-vibe.ts';
import { selectTracks } from '#shared/domain/discovery/vibes/selection/select-tracks.ts';
import { missesOf, readPrompts } from '#tests/support/vibes/score-spec.ts';
import type { VibePrompt } from '#tests/support/vibes/score-spec.ts';
import { brokenWishes } from '#tests/support/vibes/hard-wishes.ts';
import { realData } from '#tests/support/real-data.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { readVibeCatalog } from './vibe-catalog.ts';

const DAY = '2026-11-30';
const YEAR = 2026;
const OWN = 'tests/fixtures/vibes/own-prompts.jsonl';
const WELL_KNOWN = ['en', 'de', 'fr', 'es'];

/** How many sentences the lexicon reads as a person expects, by language, and whether the hard fields hold on the tracks that are chosen. */
export function benchVibeLexicon(): void {
  const catalog = readVibeCatalog();
  const context = { year: YEAR, scale: catalog ? featureScaleOf(catalog) : GENERAL_SCALE, artists: catalog ? artistNamesOf(catalog) : NO_ARTISTS };
  const given = process.env['VIBE_PROMPTS'] ?? realData('vibe-prompts.jsonl');
  const files = [...(given !== undefined && existsSync(given) ? [['prompts', given] as const] : []), ['own', OWN] as const];
  for (const [name, file] of files) {
    const prompts = readPrompts(file);
    const passed = new Set(prompts.filter((prompt) => isRead(prompt, context)));
    const shareOf = (which: (prompt: VibePrompt) => boolean) => {
      const some = prompts.filter(which);
      return some.length === 0 ? Number.NaN : some.filter((prompt) => passed.has(prompt)).length / some.length;
    };
    for (const lang of new Set(prompts.map((prompt) => prompt.lang)))
      reportObserved(
        `vibe-lexicon.${name}.${lang}`,
        shareOf((prompt) => prompt.lang === lang),
        'of the sentences',
      );
    if (name === 'own')
      reportFigure(
        'vibe-lexicon.own',
        shareOf(() => true),
        { atLeast: 0.55 },
      );
    else {
      reportFigure(
        'vibe-lexicon.en-de-fr-es',
        shareOf(({ lang }) => WELL_KNOWN.includes(lang)),
        { atLeast: 0.75 },
      );
      reportFigure(
        'vibe-lexicon.elsewhere',
        shareOf(({ lang }) => !WELL_KNOWN.includes(lang)),
        { atLeast: 0.6 },
      );
    }
    if (catalog) reportHard(name, prompts, { catalog, context });
  }
}

type Context = Parameters<typeof parseVibe>[1];

function isRead(prompt: VibePrompt, context: Context): boolean {
  const misses = missesOf(prompt, parseVibe(prompt.prompt, context).spec);
  if (misses.length > 0) console.log(`      ${prompt.id} ${prompt.prompt}\n        ${misses.join(' | ')}`);
  return misses.length === 0;
}

function reportHard(
  name: string,
  prompts: readonly VibePrompt[],
  { catalog, context }: { catalog: NonNullable<ReturnType<typeof readVibeCatalog>>; context: Context },
): void {
  // The first round finds the code cold and the catalog's texts unread, as the first sentence after a start does.
  const rounds: [number[], number[]] = [[], []];
  const choose = (prompt: string, times: number[]) => {
    const startedMs = performance.now();
    const { spec } = parseVibe(prompt, context);
    const selection = selectTracks({ spec, catalog, scale: context.scale ?? GENERAL_SCALE, seed: 'bench', day: DAY });
    times.push(performance.now() - startedMs);
    return { spec, selection };
  };
  let [broken, short] = [0, 0];
  for (const { prompt } of prompts) choose(prompt, rounds[0]);
  for (const { prompt } of prompts) {
    const { spec, selection } = choose(prompt, rounds[1]);
    broken += brokenWishes(catalog, spec, selection).length;
    short += selection.entries.length < Math.min(10, selection.wanted) ? 1 : 0;
  }
  const [first, warm] = rounds.map((times) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0);
  reportFigure(`vibe-lexicon.${name}.hard-wishes-broken`, broken, { atMost: 0 });
  reportObserved(`vibe-lexicon.${name}.lists-of-under-10`, short, 'lists');
  reportObserved(`vibe-lexicon.${name}.recordings`, catalog.size, 'recordings');
  reportFigure(`vibe-lexicon.${name}.p95-ms`, warm ?? 0, { atMost: 150 });
  reportObserved(`vibe-lexicon.${name}.first-round-p95-ms`, first ?? 0, 'ms');
}
