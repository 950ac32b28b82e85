import { Check } from '@phosphor-icons/react/Check';
import type { ReactNode } from 'react';
import styles from './picture-tiles.module.css';

interface PictureTileProps {
  /** Radio group of the tile. */
  readonly group: string;
  readonly name: string;
  readonly detail?: ReactNode;
  readonly isChosen: boolean;
  /** A choice that is being stored. */
  readonly isBusy?: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** A picture to choose, as a radio button: arrow keys move between pictures, the caption names it. */
export function PictureTile({ group, name, detail, isChosen, isBusy = false, onChoose, children }: PictureTileProps) {
  return (
    <label className={styles['tile']} data-chosen={isChosen || undefined} aria-busy={isBusy || undefined}>
      <input type="radio" className="sr" name={group} checked={isChosen} onChange={onChoose} onClick={isChosen ? onChoose : undefined} />
      <span className={styles['picture']}>{children}</span>
      <span className={styles['caption']}>
        <b>{name}</b>
        {detail ? <span className={styles['detail']}>{detail}</span> : null}
        {isBusy ? <span className={styles['state']}>Drawing…</span> : null}
        {isChosen && !isBusy ? (
          <span className={styles['state']}>
            <Check size={14} aria-hidden />
            Chosen
          </span>
        ) : null}
      </span>
    </label>
  );
}
