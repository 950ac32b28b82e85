import { useMutation } from '@tanstack/react-query';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import type { RecordingId } from '#shared/ids.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { showToast } from '#web/ui/feedback/toast.tsx';
import type { ListEdit } from '../draft/arrange.ts';
import { fromSeedTrack } from '../draft/listed-track.ts';
import type { ComposedTrack } from '../draft/listed-track.ts';
import { trackToSave } from '../draft/list-to-save.ts';
import type { FindSwaps } from '../tracks/swap-panel.tsx';
import { keepSaved } from './saved-cache.ts';

const SWAPS = 3;
const EXCLUDED_MAX = 500;

type SavedEditInput = Parameters<typeof client.discovery.saved.edit.mutate>[0]['edits'][number];

/** Edits of a saved playlist. They are sent one after the other, each for the list as the one before left it; each is a version. */
export function useSavedEdits(saved: SavedPlaylistView) {
  const latest = () => queryClient.getQueryData(trpc.discovery.saved.show.queryKey({ savedId: saved.id })) ?? saved;
  const edit = useMutation({
    scope: { id: `edit ${saved.id}` },
    mutationFn: (one: SavedEditInput) => client.discovery.saved.edit.mutate({ savedId: saved.id, revision: latest().revision, edits: [one] }),
    onSuccess: keepSaved,
  });
  const rename = useMutation({
    scope: { id: `edit ${saved.id}` },
    mutationFn: (name: string) => client.discovery.saved.rename.mutate({ savedId: saved.id, revision: latest().revision, name }),
    onSuccess: keepSaved,
  });
  const regenerate = useMutation({
    scope: { id: `edit ${saved.id}` },
    mutationFn: () => client.discovery.saved.regenerate.mutate({ savedId: saved.id, revision: latest().revision }),
    onSuccess: (made) => {
      keepSaved(made);
      showToast('A new list was made. The one before is under Versions.');
    },
  });
  const error = edit.error ?? rename.error ?? regenerate.error;
  const send = (one: ListEdit) => {
    const input = inputOf(one);
    if (input) edit.mutate(input);
  };
  return {
    error,
    isStale: error !== null && describeProblem(error).code === 'conflict',
    isRegenerating: regenerate.isPending,
    keep: keepSaved,
    rename: (name: string) => rename.mutate(name),
    regenerate: () => regenerate.mutate(),
    of: { onEdit: send, onDislike: (track: ComposedTrack) => void dislikeTrack(track, send), findSwaps: swapsNear(saved) },
  };
}

function inputOf(edit: ListEdit): SavedEditInput | undefined {
  const recordingId = edit.id as RecordingId;
  switch (edit.kind) {
    case 'move':
      return { kind: 'move', recordingId, position: edit.to };
    case 'swap':
      return { kind: 'swap', recordingId, to: trackToSave(edit.by, false) };
    case 'putBack':
      return undefined;
    case 'remove':
    case 'pin':
    case 'unpin':
      break;
  }
  return { kind: edit.kind, recordingId };
}

async function dislikeTrack({ recordingId, title }: ComposedTrack, send: (edit: ListEdit) => void): Promise<void> {
  try {
    await client.discovery.dislikes.add.mutate({ kind: 'recording', recordingId: recordingId });
  } catch {
    return showToast('It was not saved that you dislike it. Try again.');
  }
  send({ kind: 'remove', id: recordingId });
  return showToast(`“${title}” is never offered to you again.`);
}

/** The nearest tracks that the list does not have. */
function swapsNear({ id: savedId, tracks }: SavedPlaylistView): FindSwaps {
  const taken = tracks.map(({ recordingId }) => recordingId as RecordingId).slice(0, EXCLUDED_MAX);
  return {
    label: (title) => `Nearest to “${title}”`,
    key: (id) => [savedId, id, taken],
    find: async (id, signal) => {
      const seeds = [{ kind: 'recording' as const, recordingId: id as RecordingId }];
      const found = await client.discovery.fromSeeds.query({ seeds, size: SWAPS, closeness: 'nearest', exclude: { recordings: taken } }, { signal });
      return found.tracks.map(fromSeedTrack);
    },
  };
}
