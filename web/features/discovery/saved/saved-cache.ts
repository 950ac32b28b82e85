import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/routers/index.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';

type SaveInput = inferRouterInputs<AppRouter>['discovery']['saved']['save'];

/** A list with what it was made from, ready to be saved. */
export type ListToSave = Pick<SaveInput, 'name' | 'criteria' | 'tracks'>;

/** A playlist as the browser has it. */
type SavedShown = inferRouterOutputs<AppRouter>['discovery']['saved']['show'];

/** Shows a playlist as the server answered it, and reads lists of playlists again when they are next shown. */
export function keepSaved(saved: SavedShown): void {
  queryClient.setQueryData(trpc.discovery.saved.show.queryKey({ savedId: saved.id }), saved);
  forgetSavedLists();
}

/** Reads everything that lists saved playlists again when it is next shown. */
export function forgetSavedLists(): void {
  for (const queryKey of [trpc.discovery.saved.list.queryKey(), trpc.discovery.home.queryKey(), trpc.discovery.saved.history.queryKey()])
    void queryClient.invalidateQueries({ queryKey });
}

/** Reads a playlist again, after it was changed elsewhere. */
export function refreshSaved(savedId: string): void {
  void queryClient.invalidateQueries({ queryKey: trpc.discovery.saved.show.queryKey({ savedId: savedId }) });
}
