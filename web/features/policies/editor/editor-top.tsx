import { ArrowArcLeft } from '@phosphor-icons/react/ArrowArcLeft';
import { ArrowArcRight } from '@phosphor-icons/react/ArrowArcRight';
import { Button } from '#web/ui/controls/button.tsx';
import { Segments } from '../rules/segments.tsx';
import styles from './policy-editor.module.css';
import type { PolicyDraft } from './use-policy-draft.ts';

interface EditorTopProps {
  readonly draft: PolicyDraft;
  readonly view: 'builder' | 'json';
  readonly onView: (view: 'builder' | 'json') => void;
  readonly side: 'ask' | 'get';
  readonly onSide: (side: 'ask' | 'get') => void;
}

/** How the document is shown, the way back and forth, and on narrow pages which of the two columns. */
export function EditorTop({ draft, view, onView, side, onSide }: EditorTopProps) {
  return (
    <div className={styles['top']}>
      <div className={styles['sides']}>
        <Segments
          label="Which side is shown"
          value={side}
          onChange={onSide}
          options={[
            { value: 'ask', name: 'What I ask' },
            { value: 'get', name: 'What I get' },
          ]}
        />
      </div>
      <div className={styles['views']}>
        <Segments
          label="How the policy is shown"
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
            title="Ctrl Z"
            onClick={() => draft.act({ act: 'undo' })}
          >
            Undo
          </Button>
          <Button
            look="quiet"
            size="small"
            icon={<ArrowArcRight size={16} aria-hidden />}
            disabled={!draft.canRedo}
            title="Ctrl Shift Z"
            onClick={() => draft.act({ act: 'redo' })}
          >
            Redo
          </Button>
        </span>
      </div>
    </div>
  );
}
