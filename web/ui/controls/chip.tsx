import type { ButtonHTMLAttributes } from 'react';
import styles from './chip.module.css';

/** A toggle for a filter. A chosen chip has inverted colors, never the accent. */
export function Chip({ chosen, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { readonly chosen: boolean }) {
  return <button type="button" {...rest} className={styles['chip']} aria-pressed={chosen} />;
}
