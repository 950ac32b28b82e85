import { DownloadSimple } from '@phosphor-icons/react/DownloadSimple';
import type { AssetId } from '#shared/ids.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './dialogs.module.css';

/** Downloads several files as one archive. A form sends it, so that the browser writes the archive as it comes. */
export function DownloadDialog({ ids, onClose }: { readonly ids: readonly AssetId[]; readonly onClose: () => void }) {
  const what = plural(ids.length, 'file');
  return (
    <Dialog title={`Download ${what}?`} onClose={onClose}>
      <form className={styles['form']} method="post" action="/files/archive" onSubmit={() => showToast('The download has begun.')}>
        <input type="hidden" name="ids" value={ids.join(',')} />
        <p className={styles['text']}>One ZIP archive with the files in full size.</p>
        <label className={styles['check']}>
          <input type="checkbox" name="recipe" value="yes" defaultChecked />
          <span>
            With prompts and settings: inside PNG and JPEG files, and all of them in <code>recipes.json</code>
          </span>
        </label>
        <div className={styles['buttons']}>
          <Button look="quiet" onClick={onClose}>
            Close
          </Button>
          <Button look="primary" type="submit" icon={<DownloadSimple size={16} aria-hidden />}>
            Download {what}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
