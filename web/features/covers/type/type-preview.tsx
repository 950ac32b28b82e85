import type { FinishedCover } from '#shared/contracts/covers/projects.ts';
import { SpotifyMock } from '../compare/spotify-mock.tsx';
import styles from './type-preview.module.css';

/** The finished cover, large and uncropped, and as small as Spotify shows it. */
export function TypePreview({ cover, title, isBusy }: { readonly cover: FinishedCover; readonly title: string; readonly isBusy: boolean }) {
  return (
    <div className={styles['preview']} aria-busy={isBusy || undefined}>
      <figure className={styles['large']}>
        <img src={cover.url} alt={`Cover with the title ${title}`} width={640} height={640} data-finished />
        {isBusy ? <figcaption>Setting the title…</figcaption> : null}
      </figure>
      <SpotifyMock url={cover.url} title={title} />
    </div>
  );
}
