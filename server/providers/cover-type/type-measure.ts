import { scriptsOf } from '#shared/domain/covers/type/scripts.ts';
import type { TypeScript } from '#shared/domain/covers/type/scripts.ts';
import type { TypeMeasure } from '#shared/domain/covers/type/place-type.ts';
import type { TypeStyle } from '#shared/domain/covers/type/type-layouts.ts';
import { createCanvas } from '@napi-rs/canvas';
import { setStyle } from './draw-plan.ts';
import type { TypeFaces } from './type-faces.ts';

/** Type is measured at this size in pixels, and scaled. */
const MEASURED_AT = 200;

/** Height of what stands for capitals, as a share of the type size, measured in the bundled faces. In scripts with small bodies it is the body's height. */
const CAPS: Readonly<Record<TypeScript, number>> = {
  Latin: 0.69,
  Cyrillic: 0.714,
  Greek: 0.714,
  Arabic: 0.5,
  Hebrew: 0.62,
  Devanagari: 0.6,
  Thai: 0.58,
  Han: 0.8,
  Kana: 0.75,
  Hangul: 0.8,
  Emoji: 0.8,
};

/** Measures the lines of one title. Each line is measured once per style. */
export function createTypeMeasure(
  title: { readonly text: string; readonly language: string; readonly direction: 'ltr' | 'rtl' },
  faces: TypeFaces,
): TypeMeasure {
  const context = createCanvas(8, 8).getContext('2d');
  const known = new Map<string, { readonly width: number; readonly above: number; readonly below: number }>();
  const main = [...scriptsOf(title.text)].map((script) => CAPS[script]);
  const cap = main.length > 0 ? Math.min(...main) : CAPS.Latin;
  const measure = (text: string, style: TypeStyle) => {
    setStyle(context, style, { size: MEASURED_AT, families: faces.familiesFor(text, style.voice, title.language) });
    context.direction = title.direction;
    const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(text);
    const high = actualBoundingBoxAscent + actualBoundingBoxDescent > 0;
    return {
      width: Math.max(width, 1) / MEASURED_AT,
      above: (high ? actualBoundingBoxAscent : MEASURED_AT * cap) / MEASURED_AT,
      below: (high ? actualBoundingBoxDescent : 0) / MEASURED_AT,
    };
  };
  return {
    capHeight: () => cap,
    lineOf: (text, style) => {
      const key = `${style.voice} ${style.weight} ${style.width} ${text}`;
      const found = known.get(key) ?? measure(text, style);
      known.set(key, found);
      return found;
    },
  };
}
