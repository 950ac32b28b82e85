import { useId } from 'react';
import { LAYOUT_IDS, TYPE_LAYOUTS } from '#shared/domain/covers/type/type-layouts.ts';
import type { LayoutId } from '#shared/domain/covers/type/type-layouts.ts';
import { LayoutIcon } from './layout-icon.tsx';
import styles from './layouts.module.css';

export type LayoutWish = LayoutId | 'auto' | 'none';

/** Where the type sits: chosen for the picture, one of the layouts, or no title for pictures that spell it. */
export function LayoutChoice({ chosen, onChoose }: { readonly chosen: LayoutWish; readonly onChoose: (layout: LayoutWish) => void }) {
  const name = useId();
  return (
    <div className={styles['layouts']} role="radiogroup" aria-label="Where the type sits">
      <label className={styles['layout']} data-wide>
        <input type="radio" className="sr" name={name} checked={chosen === 'auto'} onChange={() => onChoose('auto')} />
        <span className={styles['word']}>Best for the picture</span>
      </label>
      <label className={styles['layout']} data-wide>
        <input type="radio" className="sr" name={name} checked={chosen === 'none'} onChange={() => onChoose('none')} />
        <span className={styles['word']}>No title</span>
      </label>
      {LAYOUT_IDS.map((id) => (
        <label key={id} className={styles['layout']}>
          <input type="radio" className="sr" name={name} checked={chosen === id} onChange={() => onChoose(id)} />
          <LayoutIcon layout={TYPE_LAYOUTS[id]} />
          <span>{TYPE_LAYOUTS[id].label}</span>
        </label>
      ))}
    </div>
  );
}
