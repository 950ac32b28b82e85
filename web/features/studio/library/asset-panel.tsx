import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DownloadSimple } from '@phosphor-icons/react/DownloadSimple';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import { Shuffle } from '@phosphor-icons/react/Shuffle';
import { Star } from '@phosphor-icons/react/Star';
import { Trash } from '@phosphor-icons/react/Trash';
import { useState } from 'react';
import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Button, IconButton, buttonClass } from '#web/ui/controls/button.tsx';
import { ErrorState } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { VideoPlayer } from '#web/ui/picture/video-player.tsx';
import { AssetFacts } from './asset-facts.tsx';
import { AssetLineage } from './asset-lineage.tsx';
import { FilledStar } from './filled-star.tsx';
import { useRestore, useStar } from './use-library.ts';
import { describeTile } from './wall-rows.ts';
import styles from './asset-panel.module.css';

export type AssetAction = 'remix' | 'share' | 'delete' | 'crop' | 'collect';

interface PanelProps {
  readonly id: AssetId;
  readonly onOpen: (id: AssetId) => void;
  readonly onAction: (action: AssetAction, asset: AssetView) => void;
}

/** One picture or video, large and uncropped, with what can be done with it, where it came from and what came of it. */
export function AssetPanel({ id, onOpen, onAction }: PanelProps) {
  const asset = useQuery(trpc.generation.assets.view.queryOptions({ id }));
  if (asset.error) return <ErrorState error={asset.error} what="Can’t open this picture" onRetry={() => void asset.refetch()} />;
  if (!asset.data) return <div className={styles['waiting']} aria-busy />;
  return <LoadedPanel key={id} asset={asset.data} onOpen={onOpen} onAction={onAction} />;
}

function LoadedPanel({ asset, onOpen, onAction }: Omit<PanelProps, 'id'> & { readonly asset: AssetView }) {
  const star = useStar();
  const restore = useRestore();
  const words = describeTile(asset);
  const isVideo = asset.mediaType.startsWith('video/');
  const act = (action: AssetAction) => () => onAction(action, asset);
  return (
    <>
      {isVideo ? (
        <VideoPlayer src={asset.url} poster={asset.previews[640]} name={words} width={asset.width} height={asset.height} />
      ) : (
        <a href={asset.url} target="_blank" rel="noreferrer" aria-label="Open the whole picture in a new tab">
          <HashedImage
            src={asset.previews[640]}
            thumbhash={asset.thumbhash}
            alt={words}
            ratio={asset.width && asset.height ? asset.width / asset.height : 1}
            isLazy={false}
          />
        </a>
      )}
      <h2 className={asset.wholePrompt ? `${styles['words']} ${styles['prompt']}` : styles['words']}>{asset.wholePrompt ?? words}</h2>
      {asset.restorableUntil ? (
        <div className={styles['actions']}>
          <Button look="primary" working={restore.isPending ? 'Restoring…' : false} onClick={() => restore.mutate([asset.id])}>
            Restore
          </Button>
          <p className={styles['note']}>It is kept until {dayName(asset.restorableUntil)}.</p>
        </div>
      ) : (
        <div className={styles['actions']}>
          {asset.recipe ? (
            <Button look="primary" icon={<Shuffle size={16} aria-hidden />} onClick={act('remix')}>
              Remix
            </Button>
          ) : null}
          <Download asset={asset} />
          <Button icon={<LinkSimple size={16} aria-hidden />} onClick={act('share')}>
            Share…
          </Button>
          <IconButton
            name={asset.isStarred ? 'Remove the star' : 'Star'}
            aria-pressed={asset.isStarred}
            onClick={() => star.mutate({ ids: [asset.id], starred: !asset.isStarred })}
          >
            {asset.isStarred ? <FilledStar size={18} /> : <Star size={18} aria-hidden />}
          </IconButton>
        </div>
      )}
      <AssetLineage asset={asset} onOpen={onOpen} />
      <AssetFacts asset={asset} />
      {asset.restorableUntil ? null : (
        <div className={styles['foot']}>
          {isVideo ? null : (
            <>
              <Link to="/studio/repaint/$assetId" params={{ assetId: asset.id }} className={buttonClass('default', 'small')}>
                Repaint a part
              </Link>
              <Link to="/studio" search={{ task: 'image_to_video', image: asset.id }} className={buttonClass('default', 'small')}>
                Make a video
              </Link>
              <Button size="small" onClick={act('crop')}>
                Crop or resize…
              </Button>
            </>
          )}
          <Button size="small" onClick={act('collect')}>
            Add to collection…
          </Button>
          <Button size="small" look="quiet" icon={<Trash size={16} aria-hidden />} onClick={act('delete')}>
            Delete…
          </Button>
        </div>
      )}
    </>
  );
}

/** The file to keep. What a model made carries its settings, unless that is turned off. */
function Download({ asset }: { readonly asset: AssetView }) {
  const [hasRecipe, setRecipe] = useState(true);
  return (
    <span className={styles['download']}>
      <a className={buttonClass()} href={`${asset.downloadUrl}${hasRecipe ? '' : '?recipe=no'}`} download>
        <span>
          <DownloadSimple size={16} className="icon" aria-hidden /> Download
        </span>
      </a>
      {asset.recipe ? (
        <label className={styles['note']}>
          <input type="checkbox" checked={hasRecipe} onChange={({ target }) => setRecipe(target.checked)} /> with prompt and settings
        </label>
      ) : null}
    </span>
  );
}
