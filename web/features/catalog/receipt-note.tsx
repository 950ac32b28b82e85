import type { IntakeReceiptView } from '#shared/contracts/views.ts';
import { listed, plural } from '#web/lib/words.ts';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import styles from './receipt-note.module.css';

/** What became of the lines just given, in a sentence. */
export function ReceiptNote({ receipt }: { readonly receipt: IntakeReceiptView }) {
  const parts = [
    `${plural(receipt.queued, 'album')} queued`,
    receipt.duplicates > 0 ? `${plural(receipt.duplicates, 'duplicate')} set aside` : '',
    receipt.refused > 0 ? `${plural(receipt.refused, 'line')} refused` : '',
    receipt.blankLines > 0 ? `${plural(receipt.blankLines, 'blank line')} skipped` : '',
  ].filter(Boolean);
  return (
    <p className={styles['note']} role="status">
      <StateText tone={receipt.refused > 0 ? 'soon' : 'good'}>{listed(parts)}. Every line is below.</StateText>
    </p>
  );
}
