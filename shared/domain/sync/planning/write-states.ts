import type { PlaylistDetails, SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { sameOrder } from './remote-state.ts';
import type { RemoteState } from './remote-state.ts';
import { sameDetails } from './same-details.ts';

/** The orders after each write of a plan, from the initial order to the wanted one. */
export function intermediateStates(before: readonly string[], steps: SyncPlanBody['steps']): (readonly string[])[] {
  const states = [before];
  for (const step of steps) {
    const last = states.at(-1) ?? [];
    if (step.kind === 'replace') states.push(step.uris);
    if (step.kind === 'append') states.push(last.toSpliced(step.position, 0, ...step.uris));
  }
  return states;
}

/**
 * Whether the playlist read back after all writes was edited by someone else: it is neither the wanted state nor an intermediate one of the plan, which
 * Spotify may still return for a while.
 */
export function isEditedSince(shown: RemoteState, before: RemoteState | undefined, written: Pick<SyncPlanBody, 'steps' | 'wantedFace'>): boolean {
  const began = before?.uris.flatMap((uri) => uri ?? []) ?? [];
  const isOurOrder = intermediateStates(began, written.steps).some((state) => sameOrder(shown.uris, state));
  const hidden = before?.uris.includes(null) === true && shown.uris.length === before.uris.length;
  const ourDetails: readonly PlaylistDetails[] = [...(before ? [before.details] : []), written.wantedFace];
  return (!isOurOrder && !hidden) || !ourDetails.some((face) => sameDetails(shown.details, face));
}
