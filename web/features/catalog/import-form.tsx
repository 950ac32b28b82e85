import { useMutation } from '@tanstack/react-query';
import { FileText } from '@phosphor-icons/react/FileText';
import { useRef, useState } from 'react';
import type { ChangeEvent, DragEvent, SubmitEvent } from 'react';
import type { IntakeReceiptView } from '#shared/contracts/views.ts';
import { INTAKE_LINES_MAX, splitIntake } from '#shared/domain/catalog/split-import.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextArea } from '#web/ui/controls/field.tsx';
import styles from './import-form.module.css';
import { useIntakeDraft } from './use-import-draft.ts';

/** Takes links by paste, drop or file. What was typed stays until the house has it. */
export function IntakeForm({ onTaken }: { readonly onTaken: (receipt: IntakeReceiptView) => void }) {
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const submit = useMutation(
    trpc.intake.submit.mutationOptions({
      onSuccess: (receipt) => {
        clear();
        void queryClient.invalidateQueries(trpc.intake.pathFilter());
        onTaken(receipt);
      },
    }),
  );
  const { draft, write, read, paste, clear } = useIntakeDraft(() => submit.reset());
  const split = splitIntake(draft.text);
  const problem = submit.error ? describeProblem(submit.error) : null;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    submit.mutate(draft);
  };
  return (
    <form
      className={styles['form']}
      data-over={isOver || undefined}
      onSubmit={send}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      <TextArea
        label="Album links, one a line"
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
          Take a file
        </Button>
        <Button look="primary" type="submit" disabled={split.lines.length === 0} working={submit.isPending ? 'Taking in…' : false}>
          {split.lines.length === 0 ? 'Take in' : `Take in ${plural(split.lines.length, 'line')}`}
        </Button>
      </div>
    </form>
  );
}

function hintFor(lines: number, blank: number, fileName: string | undefined): string {
  if (lines === 0) return `Paste, or drop a file anywhere here. Up to ${count(INTAKE_LINES_MAX)} lines in one go.`;
  const parts = [plural(lines, 'line'), blank > 0 ? `${count(blank)} blank` : '', fileName ? `from ${fileName}` : ''].filter(Boolean);
  return `${parts.join(', ')}.${lines > INTAKE_LINES_MAX ? ` Only ${count(INTAKE_LINES_MAX)} fit in one go.` : ''}`;
}
