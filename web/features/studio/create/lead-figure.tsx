import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DownloadSimple } from '@phosphor-icons/react/DownloadSimple';
import { FilmStrip } from '@phosphor-icons/react/FilmStrip';
import { PaintBrush } from '@phosphor-icons/react/PaintBrush';
import { Shuffle } from '@phosphor-icons/react/Shuffle';
import { Star } from '@phosphor-icons/react/Star';
import { useState } from 'react';
import type { RenderedAsset, RenderView } from '#shared/contracts/studio/render-views.ts';
import { useShortcuts } from '#web/lib/keyboard.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { VideoPlayer } from '#web/ui/picture/video-player.tsx';
import { RemixDialog } from '../library/dialogs/remix-dialog.tsx';
import { FilledStar } from '../library/filled-star.tsx';
import { useStar } from '../library/use-library.ts';
import { price } from '../money.ts';
import { describeCost, isAsEstimated } from '../renders/render-words.ts';
import { secondsOfRender } from './batch-words.ts';
import { secondsOf } from './task-models.tsx';
import styles from './lead-figure.module.css';

interface LeadFigureProps {
  readonly render: RenderView;
  readonly asset: RenderedAsset;
  readonly onRequested: (groupId: string) => void;
  /** Starts a video, or a change, from this picture. */
  readonly onStartFrom: (task: 'image_to_video' | 'image_to_image') => void;
}

/** The chosen picture or video of a batch, large and uncropped, with what it cost and what can be done with it. */
export function LeadFigure({ render, asset, onRequested, onStartFrom }: LeadFigureProps) {
  const [isRemixing, setRemixing] = useState(false);
  const stored = useQuery(trpc.generation.assets.view.queryOptions({ id: asset.id }));
  const star = useStar();
  const prompt = typeof render.values['prompt'] === 'string' ? render.values['prompt'] : render.modelLabel;
  const isVideo = asset.mediaType.startsWith('video/');
  const isStarred = star.isPending ? star.variables.starred : stored.data?.isStarred === true;
  const navigate = useNavigate();
  const onStar = () => star.mutate({ ids: [asset.id], starred: !isStarred });
  useShortcuts({
    s: onStar,
    ...(isVideo ? {} : { r: () => void navigate({ to: '/studio/repaint/$assetId', params: { assetId: asset.id } }) }),
  });
  const facts = [
    asset.width && asset.height ? `${asset.width} × ${asset.height}` : '',
    asset.seed === null ? '' : `seed ${asset.seed}`,
    secondsOf(secondsOfRender(render, 0)),
  ];
  return (
    <figure className={styles['lead']}>
      {isVideo ? (
        <VideoPlayer src={asset.url} poster={asset.previews[640]} name={prompt} width={asset.width} height={asset.height} />
      ) : (
        <a href={asset.url} target="_blank" rel="noreferrer" aria-label="Open the whole picture in a new tab">
          <HashedImage
            src={asset.url}
            thumbhash={asset.thumbhash}
            alt={prompt}
            ratio={asset.width && asset.height ? asset.width / asset.height : 1}
            isLazy={false}
          />
        </a>
      )}
      <figcaption>
        <b>{render.modelLabel}</b>
        <b>{render.chargeUsdMicros === null ? 'Cost unknown' : price(render.chargeUsdMicros)}</b>
        <span>{facts.filter(Boolean).join(' · ')}</span>
        <span>{isAsEstimated(render) ? 'as estimated' : describeCost(render)}</span>
      </figcaption>
      <div className={styles['actions']}>
        <Button
          aria-pressed={isStarred}
          aria-keyshortcuts="S"
          icon={isStarred ? <FilledStar size={16} /> : <Star size={16} aria-hidden />}
          onClick={onStar}
        >
          {isStarred ? 'Starred' : 'Star'}
        </Button>
        {isVideo ? null : (
          <>
            <Link to="/studio/repaint/$assetId" params={{ assetId: asset.id }} className={buttonClass()} aria-keyshortcuts="R">
              <span>
                <PaintBrush size={16} className="icon" aria-hidden /> Repaint a part
              </span>
            </Link>
            <Button icon={<FilmStrip size={16} aria-hidden />} onClick={() => onStartFrom('image_to_video')}>
              Make a video
            </Button>
          </>
        )}
        <Button icon={<Shuffle size={16} aria-hidden />} disabled={!stored.data} onClick={() => setRemixing(true)}>
          Remix…
        </Button>
        <a className={buttonClass('quiet')} href={asset.downloadUrl} download>
          <span>
            <DownloadSimple size={16} className="icon" aria-hidden /> Download
          </span>
        </a>
      </div>
      {isRemixing && stored.data ? <RemixDialog asset={stored.data} onClose={() => setRemixing(false)} onRequested={onRequested} /> : null}
    </figure>
  );
}
