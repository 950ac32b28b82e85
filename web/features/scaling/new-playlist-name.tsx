import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import styles from './new-playlist-name.module.css';

const THEME_CHARS_MAX = 60;

/** The waiting plan that contains the new playlist. */
export interface RenamablePlan {
  readonly planId: string;
  readonly hash: string;
}

/** The name of a playlist that a waiting plan would add, with a form to rename it. */
export function NewPlaylistName({ themeTag, at, planId, hash }: RenamablePlan & { readonly themeTag: string; readonly at: number }) {
  const [text, setText] = useState<string | null>(null);
  const rename = useMutation(
    trpc.playlistAdmin.scaling.renameAddition.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.playlistAdmin.scaling.pathFilter());
        setText(null);
      },
    }),
  );
  if (text === null)
    return (
      <span className={styles['name']}>
        <b>{themeTag}</b>
        <Button look="quiet" aria-label={`Rename ${themeTag}`} onClick={() => setText(themeTag)}>
          Rename
        </Button>
      </span>
    );
  const problem = rename.error ? describeProblem(rename.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    rename.mutate({ planId, hash, index: at, themeTag: text });
  };
  return (
    <form className={styles['form']} onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && setText(null)}>
      <TextField
        label="Name of the new playlist"
        value={text}
        required
        maxLength={THEME_CHARS_MAX}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        error={problem ? `${problem.message} ${problem.remedy ?? ''}` : null}
      />
      <span className={styles['buttons']}>
        <Button look="default" type="submit" working={rename.isPending ? 'Saving…' : false}>
          Save name
        </Button>
        <Button look="quiet" onClick={() => setText(null)}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
