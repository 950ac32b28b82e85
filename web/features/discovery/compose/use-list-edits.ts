import type { RecordingId } from '#shared/ids.ts';
import { client } from '#web/lib/trpc.ts';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { editList } from '../draft/arrange.ts';
import type { ListEdit } from '../draft/arrange.ts';
import { LIST_SIZE, modeOf, withSeed } from '../draft/asking.ts';
import type { ComposerState } from '../draft/composer-search.ts';
import { SONGS_MAX } from '../draft/composer-search.ts';
import { fromSeedTrack, fromVibeTrack } from '../draft/listed-track.ts';
import type { ComposedTrack } from '../draft/listed-track.ts';
import type { Composer } from '../draft/use-composer.ts';
import type { ComposedList } from '../draft/use-composed-list.ts';
import { withWish } from '../words/spec-fields.ts';
import type { FindSwaps } from '../tracks/swap-panel.tsx';

const SWAPS = 3;

/** What a person can do with the tracks of the composer's list. Each edit is a step of the history. */
export function useListEdits({ state, change }: Composer, list: ComposedList) {
  const shown = list.tracks.map(({ recordingId }) => recordingId);
  const edit = (one: ListEdit) => change({ ...state, ...editList(shown, state, one) });
  const dislike = async (track: ComposedTrack) => {
    const input = { kind: 'recording' as const, recordingId: track.recordingId as RecordingId };
    try {
      await client.discovery.dislikes.add.mutate(input);
    } catch {
      return showToast('It was not saved that you dislike it. Try again.');
    }
    edit({ kind: 'remove', id: track.recordingId });
    return showToast(`“${track.title}” is never offered to you again.`, {
      label: 'Undo',
      onClick: () => {
        void client.discovery.dislikes.remove.mutate(input);
        edit({ kind: 'putBack', id: track.recordingId });
      },
    });
  };
  return {
    edit,
    dislike: (track: ComposedTrack) => void dislike(track),
    more: moreLike(state, change, list),
    findSwaps: swapsFor(state, list, shown),
  };
}

/** Adds a track to the songs, or its artist to the wishes. */
function moreLike(state: ComposerState, change: Composer['change'], { vibe }: ComposedList): ((track: ComposedTrack) => void) | undefined {
  if (modeOf(state) === 'words' && vibe) {
    return ({ artists: [artist] }) => {
      const seeds = vibe.spec.seeds ?? [];
      if (artist === undefined || seeds.includes(artist)) return showToast('The list already goes with this artist.');
      change({ ...state, from: undefined, more: undefined, spec: withWish(vibe.spec, 'seeds', [...seeds, artist]) });
      return showToast(`More like ${artist}.`);
    };
  }
  return ({ recordingId, title }) => {
    const next = withSeed(state, `r${recordingId}`);
    if (next === state) return showToast(`${SONGS_MAX} songs are the most. Remove one first.`);
    change(next);
    return showToast(`More like “${title}”.`);
  };
}

/** Other tracks for a place: of the same wishes, or near the track where songs were asked for. */
function swapsFor(state: ComposerState, { vibe }: ComposedList, shown: readonly number[]): FindSwaps {
  const taken = [...new Set([...shown, ...(state.removed ?? [])])];
  if (vibe) {
    return {
      label: () => 'Others that match your wishes',
      key: (id) => [id, vibe.spec, taken],
      find: async (id, signal) => {
        const { tracks } = await client.discovery.generate.mutate({ sentence: '', spec: vibe.spec, seed: `swap ${id}` }, { signal });
        return tracks
          .filter(({ recordingId }) => !taken.includes(recordingId))
          .slice(0, SWAPS)
          .map(fromVibeTrack);
      },
    };
  }
  const exclude = { recordings: taken.slice(0, 10 * LIST_SIZE) as RecordingId[], artists: [] };
  return {
    label: (title) => `Nearest to “${title}”`,
    key: (id) => [id, taken],
    find: async (id, signal) => {
      const seeds = [{ kind: 'recording' as const, recordingId: id as RecordingId }];
      const { tracks } = await client.discovery.fromSeeds.query({ seeds, size: SWAPS, closeness: 'nearest', exclude }, { signal });
      return tracks.map(fromSeedTrack);
    },
  };
}
