import type { PlaylistCoverView } from '#shared/contracts/playlists/playlist-cover.ts';
import { HashedImage } from '../picture/hashed-image.tsx';
import type { SleeveSubject } from './draw-sleeve.ts';
import { SleevePicture } from './sleeve-picture.tsx';

/** A playlist with the cover that it has on Spotify, if any. */
export interface PictureSubject extends SleeveSubject {
  readonly cover: PlaylistCoverView | null;
}

interface PlaylistPictureProps {
  readonly subject: PictureSubject;
  /** Its accessible name, where no title is next to it. */
  readonly label?: string;
  /** CSS width as it is shown, from which the browser chooses the file. */
  readonly sizes: string;
  /** For the pictures that are seen first. */
  readonly isEager?: boolean;
}

/** A playlist's cover as Spotify shows it; the typographic sleeve while it has none. */
export function PlaylistPicture({ subject, label, sizes, isEager = false }: PlaylistPictureProps) {
  const { cover } = subject;
  if (!cover) return <SleevePicture subject={subject} {...(label === undefined ? {} : { label })} />;
  const { urls, thumbhash } = cover;
  return (
    <HashedImage
      src={urls[300]}
      srcSet={`${urls[64]} 64w, ${urls[300]} 300w, ${urls[640]} 640w`}
      sizes={sizes}
      thumbhash={thumbhash}
      alt={label ?? ''}
      isLazy={!isEager}
    />
  );
}
