import type { LoraView } from '#shared/contracts/studio/loras.ts';
import { dayName } from '#web/lib/dates.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { LoraActions } from './lora-actions.tsx';
import { LORA_BASE_LABELS } from './lora-base-labels.ts';
import styles from './loras.module.css';

const COLUMNS: readonly Column<LoraView>[] = [
  {
    head: 'Name',
    cell: (lora) => (
      <>
        <b>{lora.name}</b>
        <span className={styles['detail']}>{lora.triggers.length > 0 ? `Trigger words: ${lora.triggers.join(', ')}` : 'No trigger words'}</span>
      </>
    ),
  },
  { head: 'Base', cell: (lora) => LORA_BASE_LABELS[lora.base] },
  { head: 'Weight', numeric: true, cell: (lora) => lora.defaultWeight.toFixed(2) },
  {
    head: 'Source',
    cell: (lora) => (
      <>
        <span className={styles['source']}>{lora.source.kind === 'link' ? lora.source.url : lora.source.fileName}</span>
        <span className={styles['detail']}>{lora.check}</span>
      </>
    ),
  },
  { head: 'Added', cell: (lora) => dayName(lora.createdAt) },
  { head: 'Status', cell: (lora) => <StatusText tone={lora.active ? 'good' : 'quiet'}>{lora.active ? 'Active' : 'Turned off'}</StatusText> },
  { head: 'Actions', bare: true, cell: (lora) => <LoraActions lora={lora} /> },
];

/** All LoRAs: what they fit, what was checked, and whether people may choose them. */
export function LoraTable({ loras }: { readonly loras: readonly LoraView[] }) {
  return <DataTable caption="LoRA" rows={loras} keyOf={(lora) => lora.id} columns={COLUMNS} />;
}
