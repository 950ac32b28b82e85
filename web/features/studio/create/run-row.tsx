import type { RunTimes } from '../models/run-times.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { price } from '../money.ts';
import { describeCost, isOpenRender, RENDER_STATE_LABELS } from '../renders/render-words.ts';
import { useRenderAction } from '../renders/use-renders.ts';
import { secondsOfRender } from './batch-words.ts';
import type { BatchItem } from './batch-words.ts';
import { secondsOf } from './task-models.tsx';
import { UsualTime, usualWords } from './usual-time.tsx';
import styles from './runs.module.css';

interface RunRowProps {
  readonly item: BatchItem;
  readonly times: RunTimes | undefined;
  readonly nowMs: number;
  readonly onView: () => void;
}

/** One picture of a batch, or a render without one: its state, time and money, and the one thing to do about it. */
export function RunRow({ item: { render, asset }, times, nowMs, onView }: RunRowProps) {
  const cancel = useRenderAction('cancel');
  const retry = useRenderAction('retry');
  const { text, tone } = RENDER_STATE_LABELS[render.state];
  const seconds = secondsOfRender(render, nowMs);
  const isOpen = isOpenRender(render);
  return (
    <li>
      {asset ? (
        <button type="button" className={styles['picture']} onClick={onView} aria-label={`View the picture of ${render.modelLabel}`}>
          <HashedImage src={asset.previews[300]} thumbhash={asset.thumbhash} alt="" />
        </button>
      ) : (
        <Ground render={render} seconds={seconds} times={times} />
      )}
      <div className={styles['words']}>
        <h3>{render.modelLabel}</h3>
        <StatusText tone={tone}>{render.cancelRequestedAt !== null && isOpen ? 'Canceling' : text}</StatusText>
        {isOpen && render.state !== 'queued' && render.percent === null && times ? <UsualTime seconds={seconds} times={times} /> : null}
        {render.percent === null || !isOpen ? null : (
          <ProgressBar value={render.percent} max={100} name={`Progress of ${render.modelLabel}`} moving />
        )}
        {render.error ? <p>{render.error}</p> : null}
        <p className={styles['money']}>
          {asset ? `${secondsOf(seconds)} · ` : ''}
          {describeCost(render)}
          {isOpen && render.doing ? `. ${render.doing}` : ''}
        </p>
        {render.cancel ? (
          <Button
            size="small"
            look="quiet"
            title={render.cancel.says}
            working={cancel.isPending ? 'Canceling…' : false}
            onClick={() => cancel.mutate(render.id)}
          >
            {render.cancel.costs === 'no' ? 'Cancel, no cost' : 'Stop waiting'}
          </Button>
        ) : null}
        {render.canRetry && !asset ? (
          <Button size="small" look="quiet" working={retry.isPending ? 'Requesting…' : false} onClick={() => retry.mutate(render.id)}>
            Try again{render.estimateUsdMicros === 0 ? '' : `, ${price(render.estimateUsdMicros)}`}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** The empty place of a picture: the place in the vendor's queue, or the seconds so far. */
function Ground({ render, seconds, times }: { readonly render: RenderView; readonly seconds: number; readonly times: RunTimes | undefined }) {
  if (!isOpenRender(render)) return <span className={styles['ground']} data-state={RENDER_STATE_LABELS[render.state].tone} aria-hidden />;
  const isWaiting = render.queuePosition !== null && render.queuePosition > 0;
  return (
    <span className={styles['ground']}>
      {isWaiting ? `Place ${(render.queuePosition ?? 0) + 1}` : secondsOf(seconds)}
      <small>{isWaiting ? 'in the queue' : usualWords(seconds, times)}</small>
    </span>
  );
}
