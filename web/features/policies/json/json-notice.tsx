import { Warning } from '@phosphor-icons/react/Warning';
import { Button } from '#web/ui/controls/button.tsx';
import styles from '../editor/policy-editor.module.css';
import type { PolicyDraft } from '../editor/use-policy-draft.ts';

/** Warns when the builder cannot show the JSON. The builder then shows the last valid policy and is disabled. */
export function JsonNotice({ draft, onJson }: { readonly draft: PolicyDraft; readonly onJson: () => void }) {
  const message = noticeOf(draft);
  if (message === null) return null;
  return (
    <div className={styles['notice']} role="status">
      <Warning size={20} className="warn" aria-hidden />
      <p>
        <b>{message}</b> The builder shows the last valid policy. Your JSON is unchanged.
      </p>
      <div>
        <Button size="small" onClick={onJson}>
          Edit JSON
        </Button>
        <Button look="quiet" size="small" onClick={() => draft.dispatch({ type: 'discardText' })}>
          Discard JSON edits
        </Button>
      </div>
    </div>
  );
}

function noticeOf({ reading, unsupported }: PolicyDraft): string | null {
  if (reading?.kind === 'broken') return `JSON error on line ${reading.at.line}.`;
  if (unsupported === null) return null;
  return unsupported === '' ? 'The builder can’t show this JSON.' : `The builder can’t show “${unsupported}”.`;
}
