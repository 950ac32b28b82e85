import type { MaskBitmap, MaskOperation } from '#shared/domain/studio/masks/mask-operation.ts';
import { fieldColors, selectColor } from '#shared/domain/studio/masks/select-color.ts';
import type { ColorField } from '#shared/domain/studio/masks/select-color.ts';
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
  readonly run: (command: MaskCommand) => void;
  readonly onAdd: (operation: MaskOperation) => void;
}

/** Two ways to mark without drawing: nine cells, and the colors that cover most of the picture. They are undone as strokes are. */
export function MaskWays({ pictureUrl, bitmap, field, run, onAdd }: MaskWaysProps) {
  const colors = useMemo(() => (field ? fieldColors(field, COLORS_MAX) : []), [field]);
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
          {colors.map(({ rgb, share }) => {
            const word = capitalize(colorWordOf(...rgb) ?? 'gray');
            return (
              <li key={rgb.join(' ')}>
                <button type="button" onClick={() => field && onAdd(selectColor(field, rgb))}>
                  <i style={{ background: `rgb(${rgb.join(' ')})` }} />
                  <span>{word}</span>
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
