import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FromSeedsView } from '#shared/contracts/discovery/seeds.ts';
import type { VibeListView } from '#shared/contracts/discovery/generate-vibe.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { useTrackHits } from '../tracks/use-look-up.ts';
import { arrangeList } from './arrange.ts';
import { modeOf, seedRequestOf } from './asking.ts';
import type { ComposerState } from './composer-search.ts';
import { fromChosenTrack, fromSeedTrack, fromVibeTrack } from './listed-track.ts';
import type { ComposedTrack } from './listed-track.ts';

/** The same question has the same answer for a day, so going back shows it at once. */
const ANSWER = { staleTime: Infinity, placeholderData: keepPreviousData } as const;

/** The list that was asked for, with the edits, and what is to be said about it. */
export interface ComposedList {
  readonly tracks: readonly ComposedTrack[];
  readonly vibe: VibeListView | undefined;
  readonly songs: FromSeedsView | undefined;
  readonly isPending: boolean;
  /** Whether the tracks still answer the question before. */
  readonly isUpdating: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Asks for the list of a state. While a changed question is answered, the list before stays. */
export function useComposedList(state: ComposerState, saved?: readonly ComposedTrack[]): ComposedList {
  const mode = saved === undefined ? modeOf(state) : undefined;
  const songs = useQuery({ ...trpc.discovery.fromSeeds.queryOptions(seedRequestOf(state)), ...ANSWER, enabled: mode === 'songs' });
  const vibe = useVibeList(state, mode === 'words');
  const asked = mode === 'words' ? vibe : songs;
  const generated = saved ?? generatedTracks(mode, songs.data, vibe.data);
  // All pins, also those that the list has: the next list may not have them, and they must not disappear for a moment.
  const added = useTrackHits((state.pins ?? []).map(({ id }) => id));
  const pinned = (id: number) => {
    const hit = added.get(id);
    return hit ? fromChosenTrack(hit, id) : undefined;
  };
  return {
    tracks: arrangeList(generated, state, pinned),
    vibe: mode === 'words' ? vibe.data : undefined,
    songs: mode === 'songs' ? songs.data : undefined,
    isPending: mode !== undefined && asked.isPending,
    isUpdating: mode !== undefined && asked.isPlaceholderData,
    error: mode === undefined ? null : asked.error,
    retry: () => void asked.refetch(),
  };
}

function generatedTracks(mode: 'songs' | 'words' | undefined, songs: FromSeedsView | undefined, vibe: VibeListView | undefined): ComposedTrack[] {
  if (mode === 'songs') return songs?.tracks.map(fromSeedTrack) ?? [];
  return mode === 'words' ? (vibe?.tracks.map(fromVibeTrack) ?? []) : [];
}

/** What `discovery.generate` is asked for: a sentence, chips, or chips that words change. */
function vibeRequestOf({ q, spec, more, shuffle }: ComposerState) {
  const seed = `vibe${shuffle === undefined ? '' : ` ${shuffle}`}`;
  return spec === undefined ? { sentence: q ?? '', seed } : { sentence: more ?? '', spec, seed };
}

function useVibeList(state: ComposerState, isEnabled: boolean) {
  const request = vibeRequestOf(state);
  return useQuery({
    ...ANSWER,
    queryKey: ['discovery', 'generate', request],
    queryFn: ({ signal }) => client.discovery.generate.mutate(request, { signal }),
    enabled: isEnabled && (request.spec !== undefined || request.sentence.trim() !== ''),
  });
}
