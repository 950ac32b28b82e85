import type { FinishedCover } from '#shared/contracts/covers/projects.ts';
import type { ShownCover, UploadView } from '#shared/contracts/covers/uploads.ts';
import styles from './before-after.module.css';

/** What the playlist shows while no copy of it can be shown. */
const SHOWN: Readonly<Record<ShownCover, string>> = {
  none: 'No cover',
  mosaic: 'Spotify’s own mosaic of album covers',
  ours: 'An earlier cover from Segue',
  other: 'A cover that a person chose',
};

/** The playlist's cover before and after the upload, side by side; before the preview only the finished cover. */
export function BeforeAfter({
  upload,
  finished,
  title,
}: {
  readonly upload: UploadView | null;
  readonly finished: FinishedCover;
  readonly title: string;
}) {
  const isDone = upload?.state === 'shown';
  return (
    <div className={styles['pair']}>
      {upload ? (
        <figure>
          <figcaption>
            <b>Before</b>
            <span>{SHOWN[upload.before.shows]}</span>
          </figcaption>
          {upload.before.url ? (
            <img src={upload.before.url} alt={`Before: ${SHOWN[upload.before.shows]}`} width={640} height={640} />
          ) : (
            <div className={styles['none']} aria-hidden>
              {SHOWN[upload.before.shows]}
            </div>
          )}
        </figure>
      ) : null}
      <figure>
        <figcaption>
          <b>{upload ? (isDone ? 'Now on Spotify' : 'After') : 'The finished cover'}</b>
          <span>{Math.round((upload?.after.bytes ?? finished.bytes) / 1_000)} KB</span>
        </figcaption>
        <img src={upload?.after.url ?? finished.url} alt={`Cover with the title ${title}`} width={640} height={640} />
      </figure>
    </div>
  );
}
