import { MagnifyingGlassMinus } from '@phosphor-icons/react/MagnifyingGlassMinus';
import { MagnifyingGlassPlus } from '@phosphor-icons/react/MagnifyingGlassPlus';
import { percent, plural } from '#web/lib/words.ts';
import { IconButton } from '#web/ui/controls/button.tsx';
import { describePlace } from './mask-keys.ts';
import type { MaskCommand } from './mask-keys.ts';
import type { MaskEditor, MaskTool } from './mask-state.ts';
import styles from './mask-status.module.css';

/** What Space does next, by tool. */
const HINTS: Readonly<Record<MaskTool, string>> = {
  brush: 'Space starts a stroke',
  eraser: 'Space starts erasing',
  lasso: 'Space starts the lasso',
  rectangle: 'Space sets a corner',
  ellipse: 'Space sets a corner',
  fill: 'Space fills the closed area',
  color: 'Space selects this color',
};

/** Under the picture: where the crosshair is, how many strokes there are, what Space does, and the zoom. */
export function MaskStatus({
  editor,
  note,
  run,
}: {
  readonly editor: MaskEditor;
  readonly note: string | null;
  readonly run: (command: MaskCommand) => void;
}) {
  const { shape, tool, history, window } = editor;
  return (
    <div className={styles['status']}>
      <span>
        Crosshair <b>{describePlace(editor)}</b>
      </span>
      <span className={styles['wide']}>
        <b>{plural(history.done.length, 'step')}</b> on record
      </span>
      <span className={styles['wide']}>{note ?? (shape ? 'Space ends it, Escape drops it' : HINTS[tool])}</span>
      <div className={styles['zoom']}>
        <IconButton name="Zoom out" onClick={() => run({ kind: 'zoom', factor: 1 / 1.5 })}>
          <MagnifyingGlassMinus size={16} aria-hidden />
        </IconButton>
        <span>{percent(window.zoom)}</span>
        <IconButton name="Zoom in" onClick={() => run({ kind: 'zoom', factor: 1.5 })}>
          <MagnifyingGlassPlus size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
