import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SubmitEvent } from 'react';
import { client } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextArea } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { forgetPaste, keepPaste, keptPaste } from './kept-paste.ts';
import { MatchedLines } from './matched-lines.tsx';
import styles from './paste-screen.module.css';

/** A pasted list becomes a playlist: its lines are matched to recordings, and what is not certain is shown for repair. */
export function PasteScreen() {
  const [{ text, fileName }, setPaste] = useState(keptPaste);
  const match = useMutation({
    mutationFn: () => client.discovery.importList.match.mutate({ text, ...(fileName === undefined ? {} : { fileName }) }),
  });
  useEffect(() => keepPaste({ text, fileName }), [text, fileName]);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    match.mutate();
  };
  const readFile = async (file: File | undefined) => {
    if (file) setPaste({ text: await file.text(), fileName: file.name });
  };
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <div className={`wrap ${styles['page']}`}>
      <h1>Paste a list</h1>
      <p className={styles['lead']}>
        One track a line, as “artist - title” or as a link; or a CSV of Exportify, or a JSPF file. Segue finds each in the catalog and shows what is
        not certain.
      </p>
      <form onSubmit={send} className={styles['form']}>
        <TextArea
          label="The list"
          rows={8}
          spellCheck={false}
          placeholder={'Nightjar Club - Wet Glass\nhttps://open.spotify.com/track/…'}
          value={text}
          onChange={(event) => setPaste({ text: event.target.value, fileName: undefined })}
          hint={fileName === undefined ? `${lines} lines` : `${fileName}, ${lines} lines`}
        />
        <div className={styles['buttons']}>
          <Button look={match.data ? 'default' : 'primary'} type="submit" disabled={lines === 0} working={match.isPending ? 'Matching…' : false}>
            {`Match ${lines} lines`}
          </Button>
          <label className={styles['file']}>
            <span>Choose a file…</span>
            <input type="file" accept=".txt,.csv,.jspf,.json,text/plain,text/csv" onChange={(event) => void readFile(event.target.files?.[0])} />
          </label>
          {text === '' ? null : (
            <Button
              look="quiet"
              onClick={() => {
                forgetPaste();
                setPaste({ text: '', fileName: undefined });
                match.reset();
              }}
            >
              Clear
            </Button>
          )}
        </div>
      </form>
      {match.error ? <InlineError error={match.error} /> : null}
      {match.data ? <MatchedLines key={match.submittedAt} list={match.data} /> : null}
    </div>
  );
}
