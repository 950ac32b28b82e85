import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { copyText } from './address-line.tsx';
import styles from './dialogs.module.css';

/** The addresses of several files, one a line, with a button that copies them all. Nothing while they are not known. */
export function AddressList({ paths }: { readonly paths: readonly string[] }) {
  if (paths.length === 0) return null;
  const text = paths.map((path) => `${location.origin}${path}`).join('\n');
  return (
    <div className={styles['form']}>
      <textarea
        className={styles['addresses']}
        aria-label="Addresses"
        rows={Math.min(6, paths.length)}
        readOnly
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <div>
        <Button size="small" onClick={() => void copyText(text, `${plural(paths.length, 'address', 'addresses')} copied.`)}>
          Copy {plural(paths.length, 'address', 'addresses')}
        </Button>
      </div>
      <p className="small muted">To give away one address for all, put them into a collection and share that.</p>
    </div>
  );
}
