import { useState } from 'react';
import type { LoraFileView, LorasView, ReadableLoraFile } from '#shared/contracts/studio/loras.ts';
import { fileSize } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { LORA_BASE_LABELS } from './lora-base-labels.ts';
import { LoraFileDialog } from './lora-file-form.tsx';
import { LoraUpload } from './lora-upload.tsx';
import styles from './loras.module.css';

/** The files on the server: what each is made for, and the way to add it or why it cannot be used. */
export function LoraFilesPanel({ files, folder }: Pick<LorasView, 'files' | 'folder'>) {
  const [adding, setAdding] = useState<ReadableLoraFile | null>(null);
  return (
    <section className={styles['files']}>
      <header>
        <div>
          <h2>Files on the server</h2>
          <p className={styles['text']}>
            In {folder}. Only headers are read, and pickles are refused. Vendors download links; a file of this server is not sent to them yet.
          </p>
        </div>
        <LoraUpload />
      </header>
      {files.length > 0 ? (
        <DataTable caption="LoRA files" rows={files} keyOf={({ fileName }) => fileName} columns={columnsFor(setAdding)} />
      ) : (
        <p className={styles['text']}>No files yet.</p>
      )}
      {adding ? <LoraFileDialog file={adding} onClose={() => setAdding(null)} /> : null}
    </section>
  );
}

const columnsFor = (onAdd: (file: ReadableLoraFile) => void): readonly Column<LoraFileView>[] => [
  { head: 'File', cell: (file) => <b className={styles['source']}>{file.fileName}</b> },
  { head: 'Size', numeric: true, cell: (file) => fileSize(file.bytes) },
  { head: 'Base', cell: (file) => (file.kind === 'readable' ? (file.base ? LORA_BASE_LABELS[file.base] : (file.baseName ?? 'Unknown')) : '–') },
  { head: 'Status', cell: describeFile },
  {
    head: 'Actions',
    bare: true,
    cell: (file) =>
      file.kind === 'readable' && file.savedAs === null && !(file.base === null && file.baseName !== null) ? (
        <Button size="small" aria-label={`Add: ${file.fileName}`} onClick={() => onAdd(file)}>
          Add…
        </Button>
      ) : null,
  },
];

function describeFile(file: LoraFileView) {
  if (file.kind === 'refused') return <StatusText tone="bad">{file.reason}</StatusText>;
  if (file.savedAs !== null) return <StatusText tone="good">Added as “{file.savedAs}”</StatusText>;
  if (file.base === null && file.baseName !== null) return <StatusText tone="bad">No model here uses {file.baseName}</StatusText>;
  return <StatusText tone="quiet">Not added</StatusText>;
}
