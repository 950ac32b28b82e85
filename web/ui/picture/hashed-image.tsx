import { useMemo, useState } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import styles from './hashed-image.module.css';

interface HashedImageProps {
  readonly src: string;
  /** Base64; shown until the picture is loaded. */
  readonly thumbhash: string | null;
  /** Empty for a picture beside its title. */
  readonly alt: string;
  readonly srcSet?: string;
  readonly sizes?: string;
  readonly isLazy?: boolean;
  /** Width divided by height; 1 by default. */
  readonly ratio?: number;
  readonly onError?: () => void;
}

/** A picture over its thumbhash, square unless it has a ratio. It replaces the hash by opacity; nothing moves. */
export function HashedImage({ src, thumbhash, alt, srcSet, sizes, isLazy = true, ratio = 1, onError }: HashedImageProps) {
  const [loaded, setLoaded] = useState<string | null>(null);
  const ground = useMemo(() => (thumbhash === null ? undefined : decodeThumbhash(thumbhash)), [thumbhash]);
  return (
    <span className={styles['frame']} style={{ aspectRatio: ratio, ...(ground === undefined ? {} : { backgroundImage: `url(${ground})` }) }}>
      <img
        src={src}
        {...(srcSet === undefined ? {} : { srcSet, sizes })}
        alt={alt}
        width={640}
        height={Math.round(640 / ratio)}
        loading={isLazy ? 'lazy' : 'eager'}
        decoding="async"
        data-loaded={loaded === src || undefined}
        onLoad={() => setLoaded(src)}
        onError={onError}
        ref={(image) => {
          // A picture from the browser's memory is complete before React listens.
          if (image?.complete && image.naturalWidth > 0) setLoaded(src);
        }}
      />
    </span>
  );
}

/** A thumbhash as the address of a small picture; undefined when it cannot be read. */
function decodeThumbhash(base64: string): string | undefined {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0));
  } catch {
    return undefined;
  }
}
