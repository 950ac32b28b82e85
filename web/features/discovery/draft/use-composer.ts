import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { searchOfState, stateOfSearch } from './composer-search.ts';
import type { ComposerState } from './composer-search.ts';

const route = getRouteApi('/discover');

/** What is asked for and edited, as the address has it. Each `change` is a step of the browser's history; `replace` changes the step that is shown. */
export function useComposer() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/discover' });
  const state = useMemo(() => stateOfSearch(search), [search]);
  const go = (next: ComposerState, isReplacing: boolean) => void navigate({ search: searchOfState(next), replace: isReplacing, resetScroll: false });
  return { state, change: (next: ComposerState) => go(next, false), replace: (next: ComposerState) => go(next, true) };
}

export type Composer = ReturnType<typeof useComposer>;
