import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import styles from './art.module.css';

/** The five colors of a palette side by side, the ground widest. Its name is beside it, so it is hidden from screen readers. */
export function PaletteSwatch({ id }: { readonly id: string }) {
  const palette = findPalette(id);
  if (!palette) return null;
  return (
    <span className={styles['swatch']} aria-hidden>
      {[palette.ground, palette.ink, ...palette.spots].map((color) => (
        <span key={color} style={{ background: color }} />
      ))}
    </span>
  );
}
