import { Warning } from '@phosphor-icons/react/Warning';
import { Button } from '#web/ui/controls/button.tsx';
import styles from '../editor/policy-editor.module.css';
import type { PolicyDraft } from '../editor/use-policy-draft.ts';

/** Says when the builder cannot follow what stands in the JSON: it then shows the last policy that could be read, and changes nothing. */
export function JsonNotice({ draft, onJson }: { readonly draft: PolicyDraft; readonly onJson: () => void }) {
  const says = noticeOf(draft);
  if (says === null) return null;
  return (
    <div className={styles['notice']} role="status">
      <Warning size={20} className="warn" aria-hidden />
      <p>
        <b>{says}</b> The builder rests on the last one that it could read; your text is kept as it is.
      </p>
      <div>
        <Button size="small" onClick={onJson}>
          Mend the JSON
        </Button>
        <Button look="quiet" size="small" onClick={() => draft.act({ act: 'dropText' })}>
          Drop the text, go on here
        </Button>
      </div>
    </div>
  );
}

function noticeOf({ reading, unshown }: PolicyDraft): string | null {
  if (reading?.kind === 'broken') return `The JSON is broken on line ${reading.at.line}.`;
  if (unshown === null) return null;
  return `The JSON says something at “${unshown === '' ? 'the top' : unshown}” that the builder has no place for.`;
}
