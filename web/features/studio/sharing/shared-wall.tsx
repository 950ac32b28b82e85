import { DownloadSimple } from '@phosphor-icons/react/DownloadSimple';
import type { SharedAsset } from '#shared/contracts/studio/library/sharing.ts';
import { dayName } from '#web/lib/dates.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { VideoPlayer } from '#web/ui/picture/video-player.tsx';
import styles from './shared-wall.module.css';

/** Shared pictures and videos as a stranger sees them. One alone is large. */
export function SharedWall({ assets }: { readonly assets: readonly SharedAsset[] }) {
  return (
    <ul className={assets.length === 1 ? styles['single'] : styles['wall']}>
      {assets.map((asset, at) => (
        <li key={asset.id}>
          <SharedPicture asset={asset} isSingle={assets.length === 1} at={at + 1} />
        </li>
      ))}
    </ul>
  );
}

function SharedPicture({ asset, isSingle, at }: { readonly asset: SharedAsset; readonly isSingle: boolean; readonly at: number }) {
  const isVideo = asset.mediaType.startsWith('video/');
  const words = `Shared ${isVideo ? 'video' : 'picture'}${isSingle ? '' : ` ${at}`}, made on ${dayName(asset.createdAt)}`;
  const ratio = asset.width && asset.height ? asset.width / asset.height : 1;
  return (
    <>
      {isVideo ? (
        <VideoPlayer src={asset.url} poster={asset.previews[640]} name={words} width={asset.width} height={asset.height} />
      ) : (
        <a href={asset.url}>
          <HashedImage src={isSingle ? asset.url : asset.previews[640]} thumbhash={asset.thumbhash} alt={words} ratio={ratio} isLazy={!isSingle} />
        </a>
      )}
      {isSingle ? (
        <p className={styles['actions']}>
          <a className={buttonClass()} href={asset.downloadUrl} download>
            <span>
              <DownloadSimple size={16} className="icon" aria-hidden /> Download
            </span>
          </a>
        </p>
      ) : null}
    </>
  );
}
