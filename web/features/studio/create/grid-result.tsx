import { gridValue } from '#shared/domain/studio/batches/parameter-grid.ts';
import type { GridAxis } from '#shared/domain/studio/batches/parameter-grid.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import type { AssetId } from '#shared/ids.ts';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { isOpenRender, RENDER_STATE_LABELS } from '../renders/render-words.ts';
import styles from './grid-result.module.css';

interface GridResultProps {
  readonly renders: readonly RenderView[];
  readonly axes: { readonly across: GridAxis; readonly down: GridAxis | undefined };
  readonly model: Model | undefined;
  readonly chosen: AssetId | undefined;
  readonly onView: (id: AssetId) => void;
}

/** The pictures of a grid by the values of its two inputs, with the values in the margins. What is not rendered keeps its empty place. */
export function GridResult({ renders, axes: { across, down }, model, chosen, onView }: GridResultProps) {
  const nameOf = ({ input }: GridAxis) => (input === 'loras' ? 'LoRA weight' : (model?.inputs[input]?.label ?? input));
  const rows = down?.values ?? [undefined];
  return (
    <section className={styles['part']} aria-labelledby="grid">
      <header>
        <h2 id="grid">{down ? `${nameOf(across)} × ${nameOf(down).toLowerCase()}` : nameOf(across)}</h2>
        <span className="small muted">
          {model?.label}
          {down ? `. Across: ${nameOf(across).toLowerCase()}. Down: ${nameOf(down).toLowerCase()}.` : null}
        </span>
      </header>
      <div className={styles['scroll']}>
        <table>
          <thead>
            <tr>
              {down ? <th scope="col">{nameOf(down)}</th> : null}
              {across.values.map((value) => (
                <th key={value} scope="col">
                  {value}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row ?? 'only'}>
                {row === undefined ? null : <th scope="row">{row}</th>}
                {across.values.map((column) => {
                  const render = renders.find(
                    (one) => gridValue(one, across.input) === column && (row === undefined || (down && gridValue(one, down.input) === row)),
                  );
                  return (
                    <td key={column}>
                      <Cell render={render} isChosen={render?.assets[0]?.id === chosen} onView={onView} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CellProps {
  readonly render: RenderView | undefined;
  readonly isChosen: boolean;
  readonly onView: (id: AssetId) => void;
}

function Cell({ render, isChosen, onView }: CellProps) {
  const [asset] = render?.assets ?? [];
  if (!asset) {
    const words = !render || render.state === 'canceled' ? 'Not rendered' : isOpenRender(render) ? 'Waiting' : RENDER_STATE_LABELS[render.state].text;
    return <span className={styles['ground']}>{words}</span>;
  }
  return (
    <button type="button" aria-label="View this picture" aria-current={isChosen || undefined} onClick={() => onView(asset.id)}>
      <HashedImage src={asset.previews[300]} thumbhash={asset.thumbhash} alt="" />
    </button>
  );
}
