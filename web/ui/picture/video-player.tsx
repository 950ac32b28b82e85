import { useState } from 'react';
import styles from './video-player.module.css';

interface VideoPlayerProps {
  readonly src: string;
  /** Its first frame. */
  readonly poster: string;
  readonly name: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** Plays a video when asked to, never before. Its place has the final size before anything is loaded, and the browser reads only the parts that it plays. */
export function VideoPlayer({ src, poster, name, width, height }: VideoPlayerProps) {
  const [isBroken, setBroken] = useState(false);
  return (
    <div className={styles['player']} style={{ aspectRatio: width && height ? width / height : 16 / 9 }}>
      <video src={src} poster={poster} aria-label={name} controls muted playsInline preload="metadata" onError={() => setBroken(true)} />
      {isBroken ? (
        <p role="alert">
          This browser cannot play the video. <a href={src}>Open the file</a> to play it elsewhere.
        </p>
      ) : null}
    </div>
  );
}
