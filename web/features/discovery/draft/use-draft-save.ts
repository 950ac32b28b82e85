import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { client } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { keepSaved } from '../saved/saved-cache.ts';
import type { ListToSave } from '../saved/saved-cache.ts';

/** Long enough that a row of quick edits is one draft. */
const REST_MS = 2_000;

interface DraftSaveInput {
  /** What is kept; undefined while there is nothing to keep or the list is changing. */
  readonly content: ListToSave | undefined;
  /** The draft on the server, once there is one. */
  readonly draft: SavedPlaylistView | undefined;
  readonly onKept: (savedId: string) => void;
}

/**
 * Keeps the composer's list as a draft, so that it can be continued on another device.
 *
 * States: rest → waiting (the content changed; 2 s without another change) → saving → rest, or refused (the draft was changed elsewhere: nothing is
 * overwritten and nothing more is saved until the page is opened again). One save is in flight at a time.
 */
export function useDraftSave({ content, draft, onKept }: DraftSaveInput) {
  const text = content === undefined ? '' : JSON.stringify(content);
  const rested = useDebounced(text, REST_MS);
  const kept = useRef('');
  const save = useMutation({
    mutationFn: (list: ListToSave) =>
      client.discovery.saved.save.mutate({ ...list, state: 'draft', ...(draft ? { into: { savedId: draft.id, revision: draft.revision } } : {}) }),
    onSuccess: (saved) => {
      keepSaved(saved);
      if (saved.id !== draft?.id) onKept(saved.id);
    },
  });
  const { mutate, isPending, isError } = save;
  useEffect(() => {
    if (rested === '' || rested !== text || rested === kept.current || isPending || isError || draft?.state === 'saved') return;
    kept.current = rested;
    mutate(JSON.parse(rested) as ListToSave);
  }, [rested, text, isPending, isError, draft?.state, mutate]);
  return { error: save.error, isSaving: isPending, keptAt: draft?.state === 'draft' ? draft.changedAt : null };
}
