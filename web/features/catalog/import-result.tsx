import type { ImportReceiptView } from '#shared/contracts/catalog/import-views.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import styles from './import-result.module.css';

/** The result of the submitted import in one sentence. */
export function ImportResult({ receipt }: { readonly receipt: ImportReceiptView }) {
  const parts = [
    `${plural(receipt.queued, 'album')} queued`,
    receipt.duplicates > 0 ? `${plural(receipt.duplicates, 'duplicate')} skipped` : '',
    receipt.failed > 0 ? `${plural(receipt.failed, 'link')} failed` : '',
    receipt.blankLines > 0 ? `${plural(receipt.blankLines, 'blank line')} ignored` : '',
  ].filter(Boolean);
  return (
    <p className={styles['note']} role="status">
      <StatusText tone={receipt.failed > 0 ? 'soon' : 'good'}>{joinNames(parts)}. Details are below.</StatusText>
    </p>
  );
}
