import { useState } from 'react';
import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { RenderedAsset, RenderView } from '#shared/contracts/studio/render-views.ts';
import type { MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import type { AssetId } from '#shared/ids.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { CompareSlider } from '#web/ui/picture/compare-slider.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { secondsOfRender } from '../../create/batch-words.ts';
import { secondsOf } from '../../create/task-models.tsx';
import { price } from '../../money.ts';
import { OpenRender } from '../../renders/open-render.tsx';
import { describeCost } from '../../renders/render-words.ts';
import { useRenderAction, useRenders } from '../../renders/use-renders.ts';
import { useChangedPixels } from './use-changed-pixels.ts';
import type { ChangedPixels } from './use-changed-pixels.ts';
import styles from './repaint-results.module.css';

interface ResultsProps {
  readonly before: AssetView;
  readonly size: MaskSize;
  /** Opens the mask of a try again. */
  readonly onMask: (id: AssetId) => void;
}

/** What came of repainting a picture: the chosen try over the picture, what changed outside of its mask, and the other tries. */
export function RepaintResults({ before, size, onMask }: ResultsProps) {
  const renders = (useRenders().data?.items ?? []) as readonly RenderView[];
  const cancel = useRenderAction('cancel');
  const retry = useRenderAction('retry');
  const [chosenId, setChosen] = useState<AssetId | null>(null);
  const tries = renders.filter(({ task, values }) => task === 'inpaint' && Array.isArray(values['image']) && values['image'][0] === before.id);
  const made = tries.flatMap((render) => render.assets.map((asset) => ({ render, asset })));
  const chosen = made.find(({ asset }) => asset.id === chosenId) ?? made[0];
  if (tries.length === 0) return null;
  return (
    <section className={styles['part']} aria-label="Tries">
      {chosen ? <ChosenTry before={before} size={size} render={chosen.render} asset={chosen.asset} onMask={onMask} /> : <p>No try is ready yet.</p>}
      <ol className={styles['tries']}>
        {tries.map((render, at) =>
          render.assets[0] ? (
            <li key={render.id}>
              <button
                type="button"
                aria-current={chosen?.render.id === render.id || undefined}
                onClick={() => setChosen(render.assets[0]?.id ?? null)}
              >
                <HashedImage src={render.assets[0].previews[300]} thumbhash={render.assets[0].thumbhash} alt="" ratio={3 / 2} />
                <b>Try {tries.length - at}</b>
                <span>{render.chargeUsdMicros === null ? 'Cost unknown' : price(render.chargeUsdMicros)}</span>
              </button>
            </li>
          ) : (
            <li key={render.id}>
              <OpenRender
                render={render}
                working={
                  cancel.isPending && cancel.variables === render.id
                    ? 'Canceling…'
                    : retry.isPending && retry.variables === render.id
                      ? 'Requesting…'
                      : false
                }
                onCancel={() => cancel.mutate(render.id)}
                onRetry={() => retry.mutate(render.id)}
              />
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

interface ChosenProps extends ResultsProps {
  readonly render: RenderView;
  readonly asset: RenderedAsset;
}

function ChosenTry({ before, size, render, asset, onMask }: ChosenProps) {
  const mask = typeof render.values['mask'] === 'string' ? (render.values['mask'] as AssetId) : undefined;
  const changed = useChangedPixels({ before: before.url, after: asset.url, mask: mask === undefined ? undefined : `/files/${mask}`, size });
  const facts: readonly (readonly [string, string])[] = [
    ...(changed?.kind === 'counted'
      ? [['Pixels changed outside', count(changed.outside)] as const, ['Pixels changed inside', count(changed.inside)] as const]
      : []),
    ['Model', render.modelLabel],
    ...(asset.seed === null ? [] : [['Seed', asset.seed] as const]),
    ['Time', secondsOf(secondsOfRender(render, 0))],
    ['Cost', describeCost(render)],
  ];
  return (
    <>
      <div>
        <h2>{describeChange(changed)}</h2>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {mask === undefined ? null : <Button onClick={() => onMask(mask)}>Open its mask</Button>}
      </div>
      <CompareSlider before={before.url} after={asset.url} ratio={size.width / size.height} name={before.wholePrompt ?? 'the picture'} />
    </>
  );
}

function describeChange(changed: ChangedPixels | undefined): string {
  if (!changed) return 'Repainted. Comparing the pixels…';
  if (changed.kind === 'another_size') return `Repainted in another size, ${changed.width} × ${changed.height}.`;
  if (changed.kind === 'unknown') return 'Repainted.';
  if (changed.outside === 0) return 'Repainted. Nothing outside the mask changed.';
  return `Repainted. ${count(changed.outside)} pixels outside the mask changed, too.`;
}
