import type { CoverTypeWish, CoverView } from '#shared/contracts/covers/projects.ts';
import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import type { LayoutWish } from './layout-choice.tsx';

/** A wish for the type as it is sent: what is left out is chosen for the picture. */
export type TypeWish = { readonly [K in keyof CoverTypeWish]?: CoverTypeWish[K] | undefined };

/** The layout that a wish names. */
export const layoutOf = (wish: TypeWish): LayoutWish => (wish.title === false ? 'none' : (wish.layout ?? 'auto'));

/** The wish with another layout. A layout other than "auto" always sets the title, also on pictures that spell it. */
export function withLayout({ title: _title, layout: _layout, ...rest }: TypeWish, layout: LayoutWish): TypeWish {
  if (layout === 'none') return { ...rest, title: false };
  return layout === 'auto' ? { ...rest, layout } : { ...rest, layout, title: true };
}

/** The wish with other colors, the preferred one first. */
export const withInks = (wish: TypeWish, inks: readonly [string, string]): TypeWish => ({ ...wish, inks: [...inks] });

/** The colors of the type the other way round: those of the wish, or else of the picture's palette. */
export function swappedInks({ picture, words, music }: CoverView, { inks }: TypeWish): readonly [string, string] {
  if (inks) return [inks[1], inks[0]];
  const palette = findPalette(picture?.drawn?.palette ?? words?.paletteId ?? music?.analysis.palette?.id ?? '');
  return palette ? [palette.ground, palette.ink] : ['#14110f', '#ffffff'];
}
