import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Kbd } from '#web/ui/controls/kbd.tsx';
import { ROOMS } from './rooms.ts';
import styles from './panels.module.css';

/** Every key the house listens to. */
export function KeysDialog({ isAdmin, onClose }: { readonly isAdmin: boolean; readonly onClose: () => void }) {
  const lines: readonly (readonly [string, string])[] = [
    ['/', 'Find a playlist or an artist'],
    ...ROOMS.filter((room) => isAdmin || !room.admin).map((room) => [`g ${room.key}`, `Go to ${room.name}`] as const),
    ['↑ ↓', 'Move along a list'],
    ['Enter', 'Open what is focused'],
    ['Esc', 'Close'],
    ['?', 'This page'],
  ];
  return (
    <Dialog title="You can keep your hands on the keyboard." onClose={onClose} keysPass>
      <dl className={styles['keys']}>
        {lines.map(([keys, says]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
