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
      <Button size="small" onClick={() => void copy(address)}>
        Copy
      </Button>
      {children}
    </div>
  );
}

/** Without HTTPS a browser has no clipboard for pages; the address can be selected. */
async function copy(address: string): Promise<void> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (!clipboard) return showToast('Select the address and copy it.');
  await clipboard.writeText(address);
  showToast('Address copied.');
}
