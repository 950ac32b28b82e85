import type { ArtTypeface } from '#shared/domain/covers/art/painting/art-context.ts';
import type { ArtFace } from '#shared/domain/covers/art/display-list.ts';
import './art-faces.css';

const FAMILIES: Readonly<Record<ArtFace, string>> = {
  grotesque: '"Archivo Variable", sans-serif',
  serif: '"Art Serif", "Noto Serif", serif',
  italic: '"Art Italic", "Noto Serif", serif',
};

/** A canvas takes the width axis in these steps only; the server sets it exactly. */
const WIDTHS = [
  [62.5, 'extra-condensed'],
  [75, 'condensed'],
  [87.5, 'semi-condensed'],
  [100, 'normal'],
  [112.5, 'semi-expanded'],
  [125, 'expanded'],
] as const;

/** Sets type on the canvas of a browser: widths are the nearest step that is not wider, so that a line never leaves its box. */
export const browserTypeface: ArtTypeface<CanvasRenderingContext2D> = {
  familiesFor: (_text, face) => FAMILIES[face],
  setFont: (context, { families, weight, size, stretch }) => {
    const width = WIDTHS.findLast(([percent]) => percent <= stretch + 1)?.[1] ?? WIDTHS[0][1];
    context.font = `${width} ${weight} ${size}px ${families}`;
  },
};

/** Resolves when the faces can be drawn with. A face that cannot be loaded is replaced by one of the system. */
export async function loadArtFaces(): Promise<void> {
  const faces = ['800 20px "Archivo Variable"', '20px "Art Serif"', '20px "Art Italic"'];
  await Promise.allSettled(faces.map((face) => document.fonts.load(face)));
}
