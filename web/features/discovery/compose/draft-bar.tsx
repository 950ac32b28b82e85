import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clockTime } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { InlineError } from '#web/ui/feedback/states.tsx';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { listToSave } from '../draft/list-to-save.ts';
import type { Composer } from '../draft/use-composer.ts';
import type { ComposedList } from '../draft/use-composed-list.ts';
import { useDraftSave } from '../draft/use-draft-save.ts';
import { SaveList } from '../saved/save-list.tsx';
import styles from './draft-bar.module.css';

interface DraftBarProps {
  readonly composer: Composer;
  readonly list: ComposedList;
  readonly name: string;
  /** The draft or saved playlist that this list is kept in. */
  readonly draft: SavedPlaylistView | undefined;
}

/** The foot of the composer: where the draft is kept, and what to do with the list. */
export function DraftBar(props: DraftBarProps) {
  const status = useQuery(trpc.auth.status.queryOptions());
  if (status.data?.isPerson) return <PersonsBar {...props} />;
  return (
    <div className={styles['bar']}>
      <p>
        <b>Nothing is saved.</b> <span>Playlists of your own need a sign-in with Spotify; the operator’s key is not a person.</span>
      </p>
    </div>
  );
}

function PersonsBar({ composer: { state, replace }, list, name, draft }: DraftBarProps) {
  const isReady = list.tracks.length > 0 && !list.isUpdating && !list.isPending && list.error === null;
  const content = isReady ? listToSave(state, list, { name, shown: draft }) : undefined;
  // A list that was only opened is kept already.
  const [opened] = useState(() => (state.from === undefined ? undefined : JSON.stringify(content?.tracks)));
  const isOpenedUnchanged = opened !== undefined && opened === JSON.stringify(content?.tracks) && state.from !== undefined && draft?.name === name;
  const { error, isSaving, keptAt } = useDraftSave({
    content: isOpenedUnchanged ? undefined : content,
    draft,
    onKept: (savedId) => replace({ ...state, draft: savedId }),
  });
  return (
    <div className={styles['bar']}>
      <p role="status">
        <b>{isSaving ? 'Saving the draft…' : stateWords(draft, keptAt)}</b>
        <br />
        <span>Saving keeps the question, too, so that the list can be made again another day.</span>
      </p>
      {error ? <InlineError error={error} /> : null}
      <SaveList isOff={content === undefined} into={draft} {...(content ?? { name, criteria: { kind: 'chosen' as const }, tracks: [] })} />
    </div>
  );
}

function stateWords(draft: SavedPlaylistView | undefined, keptAt: string | null): string {
  if (draft?.state === 'saved') return `Saved as “${draft.name}”. Saving again adds a version.`;
  return keptAt === null ? 'Not kept yet.' : `Draft saved at ${clockTime(keptAt)} UTC, on all your devices.`;
}
