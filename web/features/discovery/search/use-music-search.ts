import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SearchAnswer } from '#shared/contracts/discovery/search.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';

/** Shown of each kind while somebody types. */
const SHOWN = 5;
/** Fewer tracks of the catalog than these, and Spotify is asked once the typing rests. */
const FEW = 5;
const REST_MS = 700;

interface MusicFound {
  readonly answer: SearchAnswer | undefined;
  /** Whether the answer is to what is typed, and not to what was typed before. */
  readonly isFresh: boolean;
  readonly isSearching: boolean;
  readonly error: unknown;
  /** Why there is nothing of Spotify's, or why nothing can be found at all. */
  readonly says: string | null;
  readonly canAsk: boolean;
  readonly askSpotify: () => void;
  /** The answer to a text that may be newer than `answer`. */
  readonly answerTo: (query: string) => Promise<SearchAnswer>;
}

/** Searches the catalog at each pause between keys; Spotify when it is asked for, or when the typing rests and the catalog has few. */
export function useMusicSearch(typed: string): MusicFound {
  const query = useDebounced(typed.trim());
  const rested = useDebounced(typed.trim(), REST_MS);
  const [asked, setAsked] = useState<string | null>(null);
  const local = useQuery({ ...trpc.catalog.search.queryOptions({ query, limit: SHOWN }), enabled: query !== '', placeholderData: keepPreviousData });
  const isFew = local.data !== undefined && !local.isPlaceholderData && local.data.tracks.length < FEW;
  const isAsked = asked === query;
  const wide = useQuery({
    ...trpc.catalog.search.queryOptions({ query, limit: SHOWN, spotify: isAsked ? 'always' : 'when_few' }),
    enabled: query !== '' && (isAsked || (isFew && rested === query)),
  });
  const answer = wide.data ?? local.data;
  return {
    answer: query === '' ? undefined : answer,
    isFresh: typed.trim() === query && !local.isPlaceholderData && !local.isPending,
    isSearching: query !== '' && (local.isFetching || wide.isFetching),
    error: query === '' ? null : (local.error ?? wide.error),
    says: query === '' ? null : (answer?.notice ?? answer?.spotify.message ?? null),
    canAsk: query !== '' && wide.data === undefined && !wide.isFetching,
    askSpotify: () => setAsked(query),
    answerTo: (text) => queryClient.fetchQuery(trpc.catalog.search.queryOptions({ query: text, limit: SHOWN })),
  };
}
