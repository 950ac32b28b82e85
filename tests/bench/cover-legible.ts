import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { createCoverType } from '#server/providers/cover-type/cover-type.ts';
import { ART_PALETTES } from '#shared/domain/covers/art/palettes.ts';
import { scriptsOf } from '#shared/domain/covers/type/scripts.ts';
import { LAYOUT_IDS } from '#shared/domain/covers/type/type-layouts.ts';
import { TYPE_REMEDIES } from '#shared/domain/covers/type/type-plan.ts';
import type { TypeRemedy } from '#shared/domain/covers/type/type-plan.ts';
import { samplePicture } from '../support/covers/sample-pictures.ts';
import { TITLE_SAMPLES } from '../support/covers/title-samples.ts';
import { reportFigure, reportObserved } from './figures.ts';

const COVERS = Number(process.env['COVER_LEGIBLE_COVERS'] ?? 500);

/** Sets titles of all scripts over hard pictures, in all layouts, and measures each word on the finished JPEG. */
export async function benchCoverLegible(): Promise<void> {
  const files = createCoverJpeg();
  const typesetter = createCoverType(files);
  const { signal } = new AbortController();
  const remedies = new Map<TypeRemedy, number>();
  const scripts = new Set<string>();
  let least = Infinity;
  let refused = 0;
  const startedAt = performance.now();
  for (let number = 0; number < COVERS; number += 1) {
    const sample = TITLE_SAMPLES[number % TITLE_SAMPLES.length];
    const palette = ART_PALETTES[number % ART_PALETTES.length];
    if (!sample || !palette) continue;
    const layout = (['auto', ...LAYOUT_IDS] as const)[number % (LAYOUT_IDS.length + 1)] ?? 'auto';
    const picture = await files.encodePng(samplePicture(number));
    const cover = await typesetter.typeset(picture, { ...sample, layout, inks: [palette.ink, palette.ground] }, signal).catch(() => undefined);
    if (!cover) {
      refused += 1;
      continue;
    }
    for (const script of scriptsOf(sample.title)) scripts.add(script);
    remedies.set(cover.report.remedy, (remedies.get(cover.report.remedy) ?? 0) + 1);
    least = Math.min(least, cover.report.contrast);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  reportFigure('cover-legible.contrast.least', least, { atLeast: 4.5 });
  reportFigure('cover-legible.scripts', scripts.size, { atLeast: 5 });
  reportFigure('cover-legible.scrim.share', (remedies.get('scrim') ?? 0) / COVERS, { atMost: 0.1 });
  reportFigure('cover-legible.refused', refused, { atMost: 0 });
  for (const remedy of TYPE_REMEDIES) reportObserved(`cover-legible.${remedy}`, remedies.get(remedy) ?? 0, 'covers');
  reportObserved('cover-legible.seconds', seconds / COVERS, 's a cover');
}
