import { useState } from 'react';
import styles from './artwork.module.css';

/** An album's artwork beside its title: whole, never cropped or tinted, as Spotify's rules ask. An empty square where there is none. */
export function Artwork({ url, size = 44 }: { readonly url: string | null | undefined; readonly size?: number }) {
  const [missing, setMissing] = useState<string | null>(null);
  return (
    <span className={styles['frame']} style={{ width: size, height: size }} aria-hidden>
      {url && missing !== url ? (
        <img src={url} alt="" width={size} height={size} loading="lazy" decoding="async" onError={() => setMissing(url)} />
      ) : null}
    </span>
  );
}
