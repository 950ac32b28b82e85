import type { ReactNode } from 'react';
import { Button } from '#web/ui/controls/button.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './dialogs.module.css';

/** An address of this server with a button that copies it. */
export function AddressLine({ path, note, children }: { readonly path: string; readonly note?: string; readonly children?: ReactNode }) {
  const address = `${location.origin}${path}`;
  return (
    <div className={styles['address']}>
      <div>
        <code>{address}</code>
        {note ? <small>{note}</small> : null}
      </div>
      <Button size="small" onClick={() => void copyText(address, 'Address copied.')}>
        Copy
      </Button>
      {children}
    </div>
  );
}

/** Copies a text and says so. Without HTTPS a browser has no clipboard for pages; the text can be selected. */
export async function copyText(text: string, says: string): Promise<void> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (!clipboard) return showToast('Select the text and copy it.');
  await clipboard.writeText(text);
  showToast(says);
}
