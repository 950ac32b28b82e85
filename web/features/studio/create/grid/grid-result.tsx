import { describeValue } from '#shared/domain/studio/setting-words.ts';
import { gridValue } from '#shared/domain/studio/batches/parameter-grid.ts';
import type { GridAxis } from '#shared/domain/studio/batches/parameter-grid.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import type { AssetId } from '#shared/ids.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { price } from '../../money.ts';
import { isOpenRender, RENDER_STATE_LABELS } from '../../renders/render-words.ts';
import { batchCost } from '../batch-words.ts';
import { GridAbout } from './grid-about.tsx';
import styles from './grid-result.module.css';

interface GridResultProps {
  readonly renders: readonly RenderView[];
  readonly axes: { readonly across: GridAxis; readonly down: GridAxis | undefined };
  readonly model: Model | undefined;
  readonly chosen: AssetId | undefined;
  /** Requests the cells that were canceled. */
  readonly rest: { readonly isRequesting: boolean; readonly error: unknown; readonly onRender: () => void };
  readonly onView: (id: AssetId) => void;
}

/** The pictures of a grid by the values of its two inputs, with the values in the margins. What is not rendered keeps its empty place. */
export function GridResult({ renders, axes: { across, down }, model, chosen, rest, onView }: GridResultProps) {
  const nameOf = ({ input }: GridAxis) => (input === 'loras' ? 'LoRA weight' : (model?.inputs[input]?.label ?? input));
  const rows = down ? inFormOrder(model, down) : [undefined];
  const columns = inFormOrder(model, across);
  const wordsOf = ({ input }: GridAxis, value: string | number) => describeValue(model?.inputs[input], value);
  return (
    <section className={styles['part']} aria-labelledby="grid">
      <header>
        <h2 id="grid">{down ? `${nameOf(across)} × ${nameOf(down).toLowerCase()}` : nameOf(across)}</h2>
        <span className="small muted">
          {model?.label}
          {down ? `. Across: ${nameOf(across).toLowerCase()}. Down: ${nameOf(down).toLowerCase()}.` : null}
        </span>
      </header>
      <div className={styles['layout']}>
        <GridAbout renders={renders}>
          <RestButton renders={renders} rest={rest} />
          {rest.error ? <InlineError error={rest.error} /> : null}
        </GridAbout>
        <div className={styles['scroll']}>
          <table>
            <thead>
              <tr>
                {down ? <th scope="col">{nameOf(down)}</th> : null}
                {columns.map((value) => (
                  <th key={value} scope="col">
                    {wordsOf(across, value)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row ?? 'only'}>
                  {row === undefined || !down ? null : <th scope="row">{wordsOf(down, row)}</th>}
                  {columns.map((column) => {
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
      </div>
    </section>
  );
}

/** The values of an axis in the order of the form; numbers are in their order already. */
function inFormOrder(model: Model | undefined, { input, values }: GridAxis): GridAxis['values'] {
  const named = model?.inputs[input];
  if (named?.kind !== 'enum' && named?.kind !== 'size') return values;
  const placeOf = (value: string | number) => named.options.findIndex((option) => option.value === value);
  return values.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Offered once nothing is open any more and some cells were canceled, with what they are estimated at. */
function RestButton({ renders, rest }: Pick<GridResultProps, 'renders' | 'rest'>) {
  const canceled = renders.filter(({ state }) => state === 'canceled');
  if (canceled.length === 0 || renders.some(isOpenRender)) return null;
  const estimate = batchCost(canceled).estimate;
  const words = canceled.length === renders.length ? `Render all ${canceled.length}` : `Render the last ${canceled.length}`;
  return (
    <Button working={rest.isRequesting ? 'Requesting…' : false} onClick={rest.onRender}>
      {words}
      {estimate === 0 ? '' : `, about ${price(estimate)}`}
    </Button>
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
