import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { GenreBars } from './genre-bars.tsx';
import { MoodPlane } from './mood-plane.tsx';
import { MusicFigures } from './music-figures.tsx';
import { PaletteReason } from './palette-reason.tsx';
import styles from './music-picture.module.css';

/** The analysis as one picture: mood and genres side by side, every figure with its coverage, and the palette that follows. */
export function MusicPicture({ analysis }: { readonly analysis: MusicAnalysis }) {
  return (
    <div className={styles['picture']}>
      <section>
        <h2>Mood</h2>
        <MoodPlane analysis={analysis} />
      </section>
      <section>
        <h2>Genres</h2>
        <GenreBars analysis={analysis} />
      </section>
      <section className={styles['wide']}>
        <h2>Sound</h2>
        <MusicFigures analysis={analysis} />
      </section>
      <section className={styles['wide']}>
        <h2>Palette</h2>
        <PaletteReason working={analysis.palette?.working ?? []} />
      </section>
    </div>
  );
}
