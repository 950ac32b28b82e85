import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from '@phosphor-icons/react/X';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  /** A question or a noun that names what will happen; set in serif. */
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the bottom right; the primary one comes last. */
  readonly actions?: ReactNode;
  readonly titleHidden?: boolean;
  /** For dialogs without input: the page's shortcuts keep working while it is open. */
  readonly keysPass?: boolean;
}

/** A modal dialog. Esc and a click on the backdrop close it; the focus returns to where it was. */
export function Dialog({ title, onClose, children, actions, titleHidden = false, keysPass = false }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={styles['scrim']} />
        <Base.Popup className={styles['popup']} data-keys-pass={keysPass || undefined}>
          <Base.Title className={titleHidden ? 'sr' : styles['title']}>{title}</Base.Title>
          {titleHidden ? null : (
            <IconButton name="Close" className={styles['close'] ?? ''} onClick={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
          {children}
          {actions ? <div className={styles['actions']}>{actions}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
