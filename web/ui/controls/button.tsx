import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

export type ButtonLook = 'default' | 'primary' | 'quiet' | 'critical';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly size?: 'normal' | 'big' | 'small';
  readonly icon?: ReactNode;
  /** Label while working, such as "Saving…": the button keeps its width and ignores further presses. */
  readonly working?: string | false;
}

/** The class names of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'default', size: 'normal' | 'big' | 'small' = 'normal'): string {
  return [styles['button'], styles[look], styles[size]].filter(Boolean).join(' ');
}

/** A button with text. It stays focusable while working, so that keyboard focus is not lost. */
export function Button({ look = 'default', size = 'normal', icon, working = false, children, onClick, ...rest }: ButtonProps) {
  const isWorking = working !== false;
  return (
    <button
      type="button"
      {...rest}
      className={`${buttonClass(look, size)} ${rest.className ?? ''}`}
      aria-disabled={isWorking || undefined}
      onClick={isWorking ? (event) => event.preventDefault() : onClick}
    >
      <span className={styles['words']} data-hidden={isWorking || undefined}>
        {icon}
        {children}
      </span>
      {isWorking ? <span className={styles['working']}>{working}</span> : null}
    </button>
  );
}

/** An icon-only button; `name` is its accessible name and tooltip. */
export function IconButton({ name, children, ...rest }: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'name'> & { readonly name: string }) {
  return (
    <button type="button" {...rest} className={`${buttonClass('quiet')} ${styles['square']} ${rest.className ?? ''}`} aria-label={name} title={name}>
      {children}
    </button>
  );
}
