import type { MaskBitmap, MaskOperation } from '#shared/domain/studio/masks/mask-operation.ts';
import { fieldColors, selectColor } from '#shared/domain/studio/masks/select-color.ts';
import type { ColorField } from '#shared/domain/studio/masks/select-color.ts';
import { rgbToOklab } from '#shared/domain/color.ts';
import { colorWordOf } from '#shared/domain/studio/library/picture-colors.ts';
import { capitalize, percent } from '#web/lib/words.ts';
import { useMemo } from 'react';
import { CELL_NAMES } from './mask-keys.ts';
import type { MaskCommand } from './mask-keys.ts';
import { isCellMarked } from './use-mask-commands.ts';
import styles from './mask-ways.module.css';

const COLORS_MAX = 4;

interface MaskWaysProps {
  readonly pictureUrl: string;
  readonly bitmap: MaskBitmap;
  readonly field: ColorField | undefined;
  /** Of the colors (`COLOR_TOLERANCE`). */
  readonly tolerance: number;
  readonly run: (command: MaskCommand) => void;
  readonly onAdd: (operation: MaskOperation) => void;
}

/** Two ways to mark without drawing: nine cells, and the colors that cover most of the picture. They are undone as strokes are. */
export function MaskWays({ pictureUrl, bitmap, field, tolerance, run, onAdd }: MaskWaysProps) {
  const colors = useMemo(() => (field ? fieldColors(field, COLORS_MAX, tolerance) : []), [field, tolerance]);
  const words = tellApart(colors.map(({ rgb }) => rgb));
  return (
    <section>
      <h2>Mark without drawing</h2>
      <div className={styles['ways']}>
        <div className={styles['nine']} role="group" aria-label="Nine cells" style={{ aspectRatio: bitmap.width / bitmap.height }}>
          <img src={pictureUrl} alt="" />
          {CELL_NAMES.map((name, cell) => (
            <button
              key={name}
              type="button"
              aria-label={`Mark ${name}`}
              aria-pressed={isCellMarked(bitmap, cell)}
              onClick={() => run({ kind: 'cell', cell })}
            />
          ))}
        </div>
        <ul className={styles['colors']} aria-label="Select by color">
          {colors.map(({ rgb, share }, at) => {
            return (
              <li key={rgb.join(' ')}>
                <button type="button" onClick={() => field && onAdd(selectColor(field, rgb, { tolerance }))}>
                  <i style={{ background: `rgb(${rgb.join(' ')})` }} />
                  <span>{words[at]}</span>
                  <span>{share < 0.01 ? 'under 1%' : percent(share)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

type Rgb = readonly [red: number, green: number, blue: number];

/** The words of colors; where two have one word, which is the darker one, and more are numbered from dark to light. */
function tellApart(colors: readonly Rgb[]): readonly string[] {
  const words = colors.map((rgb) => colorWordOf(...rgb) ?? 'gray');
  return words.map((word, at) => {
    const alike = colors
      .flatMap((_, other) => (words[other] === word ? [other] : []))
      .toSorted((a, b) => lightnessOf(colors[a]) - lightnessOf(colors[b]));
    if (alike.length === 1) return capitalize(word);
    const rank = alike.indexOf(at);
    const isHue = word !== 'dark' && word !== 'pale';
    return alike.length === 2 && isHue ? `${rank === 0 ? 'Darker' : 'Lighter'} ${word}` : `${capitalize(word)} ${rank + 1}`;
  });
}

const lightnessOf = (rgb: Rgb | undefined) => (rgb ? rgbToOklab(...rgb)[0] : 0);
