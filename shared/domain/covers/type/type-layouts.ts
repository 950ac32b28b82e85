/** Where a title sits, how it is set and what is under it. All lengths are shares of the cover's side. */
export interface TypeBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Sans or serif letters, and their weight and width where the face has these axes. */
export interface TypeStyle {
  readonly voice: 'sans' | 'serif';
  readonly weight: number;
  /** Percent of the normal width. */
  readonly width: number;
}

export interface TypeLayout {
  readonly id: LayoutId;
  readonly label: string;
  readonly box: TypeBox;
  readonly style: TypeStyle;
  /** Where lines begin: at the side where reading begins, in the middle, or at the other side. */
  readonly align: 'start' | 'center' | 'end';
  readonly stand: 'top' | 'middle' | 'bottom';
  /** Height of capitals at most. */
  readonly capMax: number;
  readonly linesMax: number;
  /** Distance of two base lines, as a share of the type size. */
  readonly leading: number;
  readonly capitals: boolean;
  /** What is under the title: the picture, a plate around it, or a band over the whole width. */
  readonly ground: 'picture' | 'plate' | 'band';
  /** Each line fills the measure by its own size. */
  readonly fills: boolean;
  readonly subtitle: 'above' | 'below' | 'opposite';
}

export const LAYOUT_IDS = [
  'head',
  'foot',
  'center',
  'fill',
  'corner',
  'plate',
  'band-head',
  'band-foot',
  'label',
  'column',
  'stack',
  'poster',
] as const;
export type LayoutId = (typeof LAYOUT_IDS)[number];

const MARGIN = 0.06;
const MEASURE = 1 - 2 * MARGIN;
const sans = (weight: number, width: number): TypeStyle => ({ voice: 'sans', weight, width });
const serif = (weight: number): TypeStyle => ({ voice: 'serif', weight, width: 100 });
const box = (...[x, y, width, height]: readonly [x: number, y: number, width: number, height: number]): TypeBox => ({ x, y, width, height });
const whole = box(MARGIN, MARGIN, MEASURE, MEASURE);
const common = {
  align: 'start',
  stand: 'top',
  capMax: 0.17,
  linesMax: 4,
  leading: 1,
  capitals: false,
  ground: 'picture',
  fills: false,
  subtitle: 'below',
} as const;

/** The layouts a person can choose from, with the ways in which real covers carry titles. */
export const TYPE_LAYOUTS: Readonly<Record<LayoutId, TypeLayout>> = {
  head: { ...common, id: 'head', label: 'Head', box: box(MARGIN, MARGIN, MEASURE, 0.5), style: sans(750, 100) },
  foot: { ...common, id: 'foot', label: 'Foot', box: box(MARGIN, 0.44, MEASURE, 0.5), style: sans(750, 88), stand: 'bottom', subtitle: 'above' },
  center: { ...common, id: 'center', label: 'Center', box: whole, style: serif(600), align: 'center', stand: 'middle', capMax: 0.2 },
  fill: {
    ...common,
    id: 'fill',
    label: 'Fill',
    box: whole,
    style: sans(800, 100),
    capMax: 0.6,
    linesMax: 6,
    leading: 0.86,
    capitals: true,
    fills: true,
    subtitle: 'below',
  },
  corner: {
    ...common,
    id: 'corner',
    label: 'Corner',
    box: box(MARGIN, 0.44, MEASURE, 0.5),
    style: serif(600),
    align: 'end',
    stand: 'bottom',
    subtitle: 'opposite',
  },
  plate: { ...common, id: 'plate', label: 'Plate', box: box(0, 0.4, 0.92, 0.6), style: serif(550), stand: 'bottom', capMax: 0.14, ground: 'plate' },
  'band-head': { ...common, id: 'band-head', label: 'Band at the head', box: box(0, 0, 1, 0.56), style: sans(700, 88), capMax: 0.15, ground: 'band' },
  'band-foot': {
    ...common,
    id: 'band-foot',
    label: 'Band at the foot',
    box: box(0, 0.44, 1, 0.56),
    style: sans(700, 80),
    stand: 'bottom',
    capMax: 0.15,
    ground: 'band',
  },
  label: {
    ...common,
    id: 'label',
    label: 'Label',
    box: box(0.1, 0.16, 0.8, 0.68),
    style: serif(600),
    align: 'center',
    stand: 'middle',
    capMax: 0.14,
    ground: 'plate',
  },
  column: {
    ...common,
    id: 'column',
    label: 'Column',
    box: box(MARGIN, MARGIN, 0.5, MEASURE),
    style: sans(700, 68),
    capMax: 0.16,
    linesMax: 6,
    leading: 0.98,
    subtitle: 'opposite',
  },
  stack: {
    ...common,
    id: 'stack',
    label: 'Stack',
    box: whole,
    style: sans(850, 75),
    stand: 'bottom',
    capMax: 0.26,
    linesMax: 5,
    leading: 0.86,
    capitals: true,
    subtitle: 'above',
  },
  poster: {
    ...common,
    id: 'poster',
    label: 'Poster',
    box: whole,
    style: sans(800, 112),
    stand: 'top',
    capMax: 0.2,
    leading: 0.92,
    subtitle: 'opposite',
  },
};

/**
 * Least height of capitals for a title of so many characters, so that it reads at 64 px: 11 % of the side up to 12 characters, 8 % up to 24. Beyond that
 * no size reads at 64 px in every layout; 5.5 % up to 48 and 4 % then keep it readable at 300 px.
 */
export function capHeightMin(characters: number): number {
  if (characters <= 12) return 0.11;
  if (characters <= 24) return 0.08;
  return characters <= 48 ? 0.055 : 0.04;
}
