import type { IntakeReceiptView } from '#shared/contracts/views.ts';
import { listed, plural } from '#web/lib/words.ts';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import styles from './receipt-note.module.css';

/** The result of the submitted import in one sentence. */
export function ReceiptNote({ receipt }: { readonly receipt: IntakeReceiptView }) {
  const parts = [
    `${plural(receipt.queued, 'album')} queued`,
    receipt.duplicates > 0 ? `${plural(receipt.duplicates, 'duplicate')} skipped` : '',
    receipt.refused > 0 ? `${plural(receipt.refused, 'link')} failed` : '',
    receipt.blankLines > 0 ? `${plural(receipt.blankLines, 'blank line')} ignored` : '',
  ].filter(Boolean);
  return (
    <p className={styles['note']} role="status">
      <StateText tone={receipt.refused > 0 ? 'soon' : 'good'}>{listed(parts)}. Details are below.</StateText>
    </p>
  );
}
