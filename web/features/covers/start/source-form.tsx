import { useState } from 'react';
import type { ClipboardEvent, ReactNode, SubmitEvent } from 'react';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import { ListBullets } from '@phosphor-icons/react/ListBullets';
import type { CoverSourceInput } from '#shared/contracts/covers/projects.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextArea, TextField } from '#web/ui/controls/field.tsx';
import styles from './source-form.module.css';

interface SourceFormProps {
  readonly initial?: CoverSourceInput | undefined;
  readonly submitLabel: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: (source: CoverSourceInput) => void;
  /** A further button, such as Cancel. */
  readonly other?: ReactNode;
}

/** The music of a cover: one link, or a pasted list of tracks. A pasted text of several lines opens the list. What was typed stays until it is accepted. */
export function SourceForm({ initial, submitLabel, isPending, error, onSubmit, other }: SourceFormProps) {
  const [isList, setList] = useState(initial?.kind === 'list');
  const [link, setLink] = useState(initial?.kind === 'link' ? initial.link : '');
  const [text, setText] = useState(initial?.kind === 'list' ? initial.text : '');
  const [wasEmpty, setAskedEmpty] = useState(false);
  const problem = error ? describeProblem(error) : null;
  const isEmpty = (isList ? text : link).trim() === '';
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    setAskedEmpty(isEmpty);
    if (!isEmpty) onSubmit(isList ? { kind: 'list', text } : { kind: 'link', link: link.trim() });
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text');
    if (pasted.trim().split('\n').length < 2) return;
    event.preventDefault();
    setText(pasted);
    setList(true);
  };
  const missing = isList ? 'Paste at least one track link or ISRC.' : 'Paste the link of a playlist or an album.';
  const wrong = wasEmpty && isEmpty ? missing : problem ? [problem.message, problem.remedy].filter(Boolean).join(' ') : null;
  return (
    <form className={styles['form']} onSubmit={send}>
      {isList ? (
        <TextArea
          label="Tracks, one link or ISRC per line"
          rows={6}
          spellCheck={false}
          autoFocus={initial === undefined}
          placeholder={'https://open.spotify.com/track/…\nUSRC17607839'}
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={wrong}
          hint="In Spotify select the tracks, then copy: Ctrl+C, or ⌘C."
        />
      ) : (
        <TextField
          label="Playlist or album"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://open.spotify.com/playlist/…"
          value={link}
          onPaste={paste}
          onChange={(event) => setLink(event.target.value)}
          error={wrong}
        />
      )}
      <div className={styles['buttons']}>
        <Button look="primary" type="submit" working={isPending ? 'Reading the music…' : false}>
          {submitLabel}
        </Button>
        <Button
          look="quiet"
          icon={isList ? <LinkSimple size={16} aria-hidden /> : <ListBullets size={16} aria-hidden />}
          onClick={() => setList(!isList)}
        >
          {isList ? 'Use a link' : 'Paste a list of tracks'}
        </Button>
        {other}
      </div>
    </form>
  );
}
