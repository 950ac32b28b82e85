import { useId } from 'react';
import { ART_PALETTES } from '#shared/domain/covers/art/palettes.ts';
import { PaletteSwatch } from '../art/palette-swatch.tsx';
import { paletteName } from '../art/family-labels.ts';
import styles from './picture-tiles.module.css';

/** All palettes as swatches; "auto" takes turns with those nearest to the mood. */
export function PaletteChoice({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (palette: string) => void }) {
  const name = useId();
  return (
    <div>
      <div className={styles['swatches']} role="radiogroup" aria-label="Palette">
        <label className={`${styles['swatch']} ${styles['auto']}`}>
          <input type="radio" className="sr" name={name} checked={chosen === 'auto'} onChange={() => onChoose('auto')} />
          For the mood
        </label>
        {ART_PALETTES.map(({ id }) => (
          <label key={id} className={styles['swatch']} title={paletteName(id)}>
            <input type="radio" className="sr" name={name} aria-label={paletteName(id)} checked={chosen === id} onChange={() => onChoose(id)} />
            <PaletteSwatch id={id} />
          </label>
        ))}
      </div>
      <p className={styles['under']}>
        <span>{chosen === 'auto' ? 'The nearest palettes to the mood' : paletteName(chosen)}</span>
      </p>
    </div>
  );
}
