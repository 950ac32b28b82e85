import { ArrowArcLeft } from '@phosphor-icons/react/ArrowArcLeft';
import { ArrowArcRight } from '@phosphor-icons/react/ArrowArcRight';
import { Button } from '#web/ui/controls/button.tsx';
import { SegmentedControl } from '../rules/segmented-control.tsx';
import styles from './policy-editor.module.css';
import type { PolicyDraft } from './use-policy-draft.ts';

interface EditorTopProps {
  readonly draft: PolicyDraft;
  readonly view: 'builder' | 'json';
  readonly onView: (view: 'builder' | 'json') => void;
  readonly side: 'policy' | 'results';
  readonly onSide: (side: 'policy' | 'results') => void;
}

/** The switch between builder and JSON, undo and redo, and on narrow screens the switch between the two columns. */
export function EditorTop({ draft, view, onView, side, onSide }: EditorTopProps) {
  return (
    <div className={styles['top']}>
      <div className={styles['sides']}>
        <SegmentedControl
          label="Column"
          value={side}
          onChange={onSide}
          options={[
            { value: 'policy', name: 'Policy' },
            { value: 'results', name: 'Results' },
          ]}
        />
      </div>
      <div className={styles['views']}>
        <SegmentedControl
          label="View"
          value={view}
          onChange={onView}
          options={[
            { value: 'builder', name: 'Builder' },
            { value: 'json', name: 'JSON' },
          ]}
        />
        <span className={styles['steps']}>
          <Button
            look="quiet"
            size="small"
            icon={<ArrowArcLeft size={16} aria-hidden />}
            disabled={!draft.canUndo}
            title="Ctrl+Z"
            onClick={() => draft.dispatch({ type: 'undo' })}
          >
            Undo
          </Button>
          <Button
            look="quiet"
            size="small"
            icon={<ArrowArcRight size={16} aria-hidden />}
            disabled={!draft.canRedo}
            title="Ctrl+Shift+Z"
            onClick={() => draft.dispatch({ type: 'redo' })}
          >
            Redo
          </Button>
        </span>
      </div>
    </div>
  );
}
