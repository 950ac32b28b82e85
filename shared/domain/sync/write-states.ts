import type { PlaylistFace, SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { sameFace, sameOrder } from './sync-plan.ts';
import type { RemoteState } from './sync-plan.ts';

/** The orders that a plan's writes lead through, from what it began with to what it wants. */
export function statesAlong(before: readonly string[], steps: SyncPlanBody['steps']): (readonly string[])[] {
  const states = [before];
  for (const step of steps) {
    const last = states.at(-1) ?? [];
    if (step.kind === 'replace') states.push(step.uris);
    if (step.kind === 'append') states.push(last.toSpliced(step.position, 0, ...step.uris));
  }
  return states;
}

/**
 * Whether what is read back after every write was answered can only be a hand's doing: neither what was wanted nor anything the plan led
 * through, which Spotify may show for a while after.
 */
export function isEditedSince(shown: RemoteState, before: RemoteState | undefined, body: SyncPlanBody): boolean {
  const began = before?.uris.flatMap((uri) => uri ?? []) ?? [];
  const isOurOrder = statesAlong(began, body.steps).some((state) => sameOrder(shown.uris, state));
  const hidden = before?.uris.includes(null) === true && shown.uris.length === before.uris.length;
  const ourFaces: readonly PlaylistFace[] = [...(before ? [before.face] : []), body.wantedFace];
  return (!isOurOrder && !hidden) || !ourFaces.some((face) => sameFace(shown.face, face));
}
