import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Kbd } from '#web/ui/controls/kbd.tsx';
import { PAGES } from './pages.ts';
import styles from './panels.module.css';

type Shortcut = readonly [keys: string, action: string];

/** Keys that only one page has. */
const OF_PAGES: readonly { readonly page: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    page: 'In the studio',
    shortcuts: [
      ['Ctrl Enter', 'Render'],
      ['S', 'Star the picture that is shown'],
      ['R', 'Repaint a part of it'],
      ['Esc', 'Leave a field, then the opened prompt'],
    ],
  },
  {
    page: 'In the library',
    shortcuts: [
      ['/', 'Search the library'],
      ['↑ ↓ ← →', 'Move from picture to picture'],
      ['Space', 'Select'],
      ['Shift ↑ ↓ ← →', 'Select more'],
      ['S', 'Star'],
      ['Del', 'Delete'],
      ['Esc', 'Clear the selection'],
    ],
  },
];

/** All keyboard shortcuts: those of every page, then those of single pages. The mask editor shows its own beside the picture. */
export function ShortcutsDialog({ isAdmin, onClose }: { readonly isAdmin: boolean; readonly onClose: () => void }) {
  const everywhere: readonly Shortcut[] = [
    ['/', 'Find a playlist or an artist'],
    ...PAGES.filter((page) => isAdmin || !page.admin).map((page) => [`g ${page.key}`, `Go to ${page.name}`] as const),
    ['↑ ↓', 'Move through a list'],
    ['Enter', 'Open the focused item'],
    ['Esc', 'Close'],
    ['?', 'Show keyboard shortcuts'],
  ];
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} keysPass>
      <KeyList shortcuts={everywhere} />
      {OF_PAGES.map(({ page, shortcuts }) => (
        <section key={page}>
          <h3 className={styles['keysOf']}>{page}</h3>
          <KeyList shortcuts={shortcuts} />
        </section>
      ))}
    </Dialog>
  );
}

function KeyList({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  return (
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
  );
}
