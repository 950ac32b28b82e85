import { useId } from 'react';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { OpenRender } from '#web/features/studio/renders/open-render.tsx';
import { describeCost } from '#web/features/studio/renders/render-words.ts';
import { useRenderAction, useRenders } from '#web/features/studio/renders/use-renders.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StepPart } from '../project/step-layout.tsx';
import { useCoverChange } from '../project/use-cover.ts';
import { PictureTile } from './picture-tile.tsx';
import styles from './picture-tiles.module.css';

/** The person's pictures of models, newest first: those that run, those that are done, and why others were not made. */
export function RenderedPictures({ cover, onDrawLocally }: { readonly cover: CoverView; readonly onDrawLocally: () => void }) {
  const group = useId();
  const renders = useRenders();
  const choose = useCoverChange('choosePicture', cover.id);
  const cancel = useRenderAction('cancel');
  const retry = useRenderAction('retry');
  const items = renders.data?.items.filter(({ task }) => task === 'text_to_image') ?? [];
  const error = renders.error ?? choose.error ?? cancel.error ?? retry.error;
  const stuck = items[0] && items[0].assets.length === 0 && items[0].error !== null ? items[0] : null;
  const isFree = stuck?.cancel?.costs === 'no';
  const drawLocally = () => {
    if (stuck && isFree) cancel.mutate(stuck.id);
    onDrawLocally();
  };
  const busyId = cancel.isPending ? cancel.variables : retry.isPending ? retry.variables : null;
  return (
    <StepPart title="Pictures of models">
      {error ? <InlineError error={error} /> : null}
      {renders.data && items.length === 0 ? (
        <p className={styles['under']}>Nothing rendered yet. A picture appears here as soon as it is done, also when you have left the page.</p>
      ) : null}
      {stuck ? (
        <div className={styles['instead']} role="status">
          <p>{stuck.modelLabel} has made no picture yet. Pictures drawn by Segue need no model and are free.</p>
          <Button onClick={drawLocally}>{isFree ? 'Cancel it and use one drawn by Segue' : 'Use one drawn by Segue'}</Button>
        </div>
      ) : null}
      <div className={styles['tiles']} role="radiogroup" aria-label="Pictures of models">
        {items.map((render) =>
          render.assets.length > 0 ? (
            render.assets.map((asset) => (
              <PictureTile
                key={asset.id}
                group={group}
                name={render.modelLabel}
                detail={describeCost(render)}
                isChosen={cover.picture?.asset === asset.id}
                isBusy={choose.isPending && choose.variables.assetId === asset.id}
                onChoose={() => choose.mutate({ coverId: cover.id, assetId: asset.id })}
              >
                <HashedImage src={asset.previews[640]} thumbhash={asset.thumbhash} alt="" />
              </PictureTile>
            ))
          ) : (
            <OpenRender
              key={render.id}
              render={render as RenderView}
              working={busyId === render.id ? (cancel.isPending ? 'Canceling…' : 'Requesting…') : false}
              onCancel={() => cancel.mutate(render.id)}
              onRetry={() => retry.mutate(render.id)}
            />
          ),
        )}
      </div>
    </StepPart>
  );
}
