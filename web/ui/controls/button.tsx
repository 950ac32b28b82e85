import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

export type ButtonLook = 'default' | 'primary' | 'quiet' | 'critical';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly size?: 'normal' | 'big' | 'small';
  readonly icon?: ReactNode;
  /** Words for the state "working": the button keeps its width, refuses a second press and says what it does. */
  readonly working?: string | false;
}

/** The class of a button's look, for links that act like one. */
export function buttonClass(look: ButtonLook = 'default', size: 'normal' | 'big' | 'small' = 'normal'): string {
  return [styles['button'], styles[look], styles[size]].filter(Boolean).join(' ');
}

/** A button with words. It stays focusable while it works, so the keyboard's place is not lost. */
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

/** A button that is only an icon: the name is for screen readers and the tooltip. */
export function IconButton({ name, children, ...rest }: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'name'> & { readonly name: string }) {
  return (
    <button type="button" {...rest} className={`${buttonClass('quiet')} ${styles['square']} ${rest.className ?? ''}`} aria-label={name} title={name}>
      {children}
    </button>
  );
}
