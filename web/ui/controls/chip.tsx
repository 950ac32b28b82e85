import type { ButtonHTMLAttributes } from 'react';
import styles from './chip.module.css';

/** A filter that is on or off; chosen is ink reversed, never the accent. */
export function Chip({ chosen, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { readonly chosen: boolean }) {
  return <button type="button" {...rest} className={styles['chip']} aria-pressed={chosen} />;
}
