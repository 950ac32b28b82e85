import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Kbd } from '#web/ui/controls/kbd.tsx';
import { PAGES } from './pages.ts';
import styles from './panels.module.css';

/** All keyboard shortcuts. */
export function ShortcutsDialog({ isAdmin, onClose }: { readonly isAdmin: boolean; readonly onClose: () => void }) {
  const shortcuts: readonly (readonly [string, string])[] = [
    ['/', 'Find a playlist or an artist'],
    ...PAGES.filter((page) => isAdmin || !page.admin).map((page) => [`g ${page.key}`, `Go to ${page.name}`] as const),
    ['↑ ↓', 'Move through a list'],
    ['Enter', 'Open the focused item'],
    ['Esc', 'Close'],
    ['?', 'Show keyboard shortcuts'],
  ];
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} keysPass>
      <dl className={styles['keys']}>
        {shortcuts.map(([keys, action]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
