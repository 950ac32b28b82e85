import { useMutation } from '@tanstack/react-query';
import { FileText } from '@phosphor-icons/react/FileText';
import { useRef, useState } from 'react';
import type { ChangeEvent, DragEvent, SubmitEvent } from 'react';
import type { ImportReceiptView } from '#shared/contracts/catalog/import-views.ts';
import { IMPORT_LINES_MAX, splitImport } from '#shared/domain/catalog/split-import.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextArea } from '#web/ui/controls/field.tsx';
import styles from './import-form.module.css';
import { useImportDraft } from './use-import-draft.ts';

/** Imports album links that are typed, pasted, dropped or read from a file. The text stays until the server has accepted it. */
export function ImportForm({ onSubmitted }: { readonly onSubmitted: (receipt: ImportReceiptView) => void }) {
  const [isDragOver, setDragOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const submit = useMutation(
    trpc.catalog.submitImport.mutationOptions({
      onSuccess: (receipt) => {
        clear();
        void queryClient.invalidateQueries(trpc.catalog.pathFilter());
        onSubmitted(receipt);
      },
    }),
  );
  const { draft, write, read, paste, clear } = useImportDraft(() => submit.reset());
  const split = splitImport(draft.text);
  const problem = submit.error ? describeProblem(submit.error) : null;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragOver(false);
    void read(event.dataTransfer.files[0]);
  };
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    submit.mutate(draft);
  };
  return (
    <form
      className={styles['form']}
      data-over={isDragOver || undefined}
      onSubmit={send}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setDragOver(true);
      }}
      onDragLeave={() => setDragOver(false)}
    >
      <TextArea
        label="Album links, one per line"
        rows={9}
        spellCheck={false}
        placeholder={'https://open.spotify.com/album/…\nspotify:album:…\n22 letters and digits'}
        value={draft.text}
        onPaste={paste}
        onChange={(event) => write(event.target.value)}
        error={problem ? [problem.message, problem.remedy].filter(Boolean).join(' ') : null}
        hint={hintFor(split.lines.length, split.blankLines, draft.fileName)}
      />
      <div className={styles['buttons']}>
        <input
          ref={picker}
          type="file"
          accept=".txt,.csv,.tsv,text/plain,text/csv"
          hidden
          onChange={(event: ChangeEvent<HTMLInputElement>) => void read(event.target.files?.[0])}
        />
        <Button look="quiet" icon={<FileText size={16} aria-hidden />} onClick={() => picker.current?.click()}>
          Choose a file…
        </Button>
        <Button look="primary" type="submit" disabled={split.lines.length === 0} working={submit.isPending ? 'Importing…' : false}>
          {split.lines.length === 0 ? 'Import albums' : `Import ${plural(split.lines.length, 'album')}`}
        </Button>
      </div>
    </form>
  );
}

function hintFor(lines: number, blank: number, fileName: string | undefined): string {
  if (lines === 0) return `Paste links, or drop a file here. Up to ${count(IMPORT_LINES_MAX)} lines at a time.`;
  const parts = [plural(lines, 'line'), blank > 0 ? `${count(blank)} blank` : '', fileName ? `from ${fileName}` : ''].filter(Boolean);
  return `${parts.join(', ')}.${lines > IMPORT_LINES_MAX ? ` At most ${count(IMPORT_LINES_MAX)} lines at a time.` : ''}`;
}
