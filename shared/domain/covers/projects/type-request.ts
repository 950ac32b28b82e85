import type { CoverTypeWish, CoverWords } from '#shared/contracts/covers/projects.ts';
import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import type { Room } from '#shared/domain/covers/art/print.ts';
import { seriesNumeral, seriesType } from '#shared/domain/covers/type/series-type.ts';
import type { TypeRequest } from '#shared/domain/covers/type/type-plan.ts';

/** The colors of type on a picture without a palette of ours. */
const PLAIN_INKS = ['#ffffff', '#14110f'] as const;

/** What the typesetter is asked for: the person's wish, completed by the series template, the palette and the room that the picture leaves. */
export function requestFor(parts: {
  readonly words: Pick<CoverWords, 'title' | 'subtitle'>;
  readonly wish: CoverTypeWish;
  readonly palette: string | null;
  readonly room: Room | undefined;
}): TypeRequest {
  const { words, wish, room } = parts;
  const palette = findPalette(parts.palette ?? '');
  const series = wish.series && seriesType(wish.series.template);
  const numeral = series && wish.series && seriesNumeral(series, wish.series.member);
  return {
    title: words.title,
    subtitle: words.subtitle ?? numeral,
    language: wish.language,
    layout: series && wish.layout === 'auto' ? series.layout : wish.layout,
    inks: wish.inks ?? (palette ? [palette.ink, palette.ground] : PLAIN_INKS),
    room,
    margin: series?.margin,
  };
}
