import type { WordContrast } from './legibility.ts';
import type { LayoutId, TypeBox, TypeStyle } from './type-layouts.ts';

/** A person's or a series' wish for the type of one cover. */
export interface TypeRequest {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** BCP 47, for capitals, word edges and the shapes of Han characters. */
  readonly language?: string | undefined;
  /** `auto`: the layout in which the title is largest, or which the picture has room for. */
  readonly layout: LayoutId | 'auto';
  /** Two ends of the picture's palette, as `#rrggbb`; the first is tried first as ink. */
  readonly inks: readonly [string, string];
  /** The calm area that the picture keeps free, as shares of the side. */
  readonly room?: TypeBox | undefined;
  /** The margin of the series, as a share of the side. */
  readonly margin?: number | undefined;
}

/** One line of type. Lengths are shares of the side. */
export interface PlacedRun {
  readonly role: 'title' | 'subtitle';
  readonly text: string;
  /** Left edge of the advance, in both directions of writing. */
  readonly x: number;
  readonly baseline: number;
  readonly size: number;
  readonly width: number;
  readonly above: number;
  readonly below: number;
  readonly style: TypeStyle;
}

/** Everything that is drawn over the picture, in order: ground, then runs. */
export interface TypePlan {
  readonly layout: LayoutId;
  readonly direction: 'ltr' | 'rtl';
  readonly language: string;
  readonly ink: string;
  /** A flat area under the type: a plate or band of one color, or a veil that lets the picture through. */
  readonly ground?: { readonly box: TypeBox; readonly color: string; readonly opacity: number } | undefined;
  readonly runs: readonly PlacedRun[];
  readonly capHeight: number;
}

/** What was done to make a title legible, in the order in which it is tried. */
export const TYPE_REMEDIES = ['none', 'other_ink', 'moved', 'plate', 'scrim'] as const;
export type TypeRemedy = (typeof TYPE_REMEDIES)[number];

/** How legible the finished cover is, measured on its JPEG. */
export interface TypeReport {
  readonly layout: LayoutId;
  readonly remedy: TypeRemedy;
  readonly lines: readonly string[];
  readonly capHeight: number;
  readonly readsAt64: boolean;
  readonly words: Readonly<Record<640 | 300, readonly WordContrast[]>>;
  /** The least contrast of any word at either size. */
  readonly contrast: number;
}
