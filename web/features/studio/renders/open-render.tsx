import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { price } from '../money.ts';
import { RENDER_STATE_LABELS, describeCost, isOpenRender } from './render-words.ts';
import styles from './open-render.module.css';

interface OpenRenderProps {
  readonly render: RenderView;
  /** The words of the button while it is canceled or retried. */
  readonly working: string | false;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}

/** A render without a picture yet, or without one at all: its state, what it costs, and the one thing to do about it. */
export function OpenRender({ render, working, onCancel, onRetry }: OpenRenderProps) {
  const { text, tone } = RENDER_STATE_LABELS[render.state];
  return (
    <div className={styles['render']} data-state={tone}>
      <div className={styles['ground']}>
        <b>{render.modelLabel}</b>
        <StatusText tone={tone}>{render.cancelRequestedAt !== null && isOpenRender(render) ? 'Canceling' : text}</StatusText>
        {render.percent === null ? null : <ProgressBar value={render.percent} max={100} name={`Progress of ${render.modelLabel}`} moving />}
        <p>
          {render.error ?? render.doing}
          {render.queuePosition === null ? '' : ` Place ${render.queuePosition + 1} in the queue.`}
        </p>
        <p className={styles['cost']}>{describeCost(render)}</p>
        {render.cancel ? (
          <>
            <p className={styles['cost']}>{render.cancel.says}</p>
            <Button size="small" working={working} onClick={onCancel}>
              {render.cancel.costs === 'no' ? 'Cancel, no cost' : 'Stop waiting'}
            </Button>
          </>
        ) : null}
        {render.canRetry ? (
          <Button size="small" working={working} onClick={onRetry}>
            Try again{render.estimateUsdMicros === 0 ? '' : `, ${price(render.estimateUsdMicros)}`}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
