import type { ComposerState, PinnedPlace } from './composer-search.ts';
import type { ComposedTrack } from './listed-track.ts';

interface Identified {
  readonly recordingId: number;
}

/**
 * A generated list with a person's edits: removed tracks are left out, pinned ones are at their places. `pinned` finds a pinned track that was not
 * generated; one that is not known yet is left out.
 */
export function arrangeList<T extends Identified>(
  generated: readonly T[],
  { pins = [], removed = [] }: Pick<ComposerState, 'pins' | 'removed'>,
  pinned: (id: number) => T | undefined,
): T[] {
  const byId = new Map(generated.map((track) => [track.recordingId, track]));
  const gone = new Set([...removed, ...pins.map(({ id }) => id)]);
  const rest = generated.filter(({ recordingId }) => !gone.has(recordingId));
  const fixed = pins
    .toSorted((one, other) => one.at - other.at)
    .flatMap(({ id, at }) => {
      const track = byId.get(id) ?? pinned(id);
      return track ? [{ track, at }] : [];
    });
  const arranged: T[] = [];
  let [next, taken] = [0, 0];
  while (next < rest.length || taken < fixed.length) {
    const pin = fixed[taken];
    const track = pin && (pin.at <= arranged.length + 1 || next >= rest.length) ? pin.track : rest[next];
    if (track === undefined) break;
    if (track === pin?.track) taken += 1;
    else next += 1;
    arranged.push(track);
  }
  return arranged;
}

/** An edit of the list as it is shown. */
export type ListEdit =
  | { readonly kind: 'remove' | 'putBack' | 'pin' | 'unpin'; readonly id: number }
  | { readonly kind: 'move'; readonly id: number; readonly to: number }
  | { readonly kind: 'swap'; readonly id: number; readonly by: ComposedTrack };

/** The pins and removals after an edit. `shown` are the ids as shown; a moved or swapped-in track is pinned, so that a new answer keeps it there. */
export function editList(
  shown: readonly number[],
  { pins = [], removed = [] }: ComposerState,
  edit: ListEdit,
): Pick<ComposerState, 'pins' | 'removed'> {
  const pinned = new Set(pins.map(({ id }) => id));
  const { id } = edit;
  switch (edit.kind) {
    case 'remove':
      pinned.delete(id);
      return {
        pins: placesOf(
          shown.filter((one) => one !== id),
          pinned,
        ),
        removed: [...removed.filter((one) => one !== id), id],
      };
    case 'putBack':
      return { pins, removed: removed.filter((one) => one !== id) };
    case 'pin':
      return { pins: placesOf(shown, pinned.add(id)), removed };
    case 'unpin':
      return { pins: pins.filter((pin) => pin.id !== id), removed };
    case 'move':
      return { pins: placesOf(moved(shown, id, edit.to), pinned.add(id)), removed };
    case 'swap':
      break;
  }
  const by = edit.by.recordingId;
  pinned.delete(id);
  return {
    pins: placesOf(
      shown.map((one) => (one === id ? by : one)),
      pinned.add(by),
    ),
    removed: [...removed.filter((one) => one !== id && one !== by), id],
  };
}

function placesOf(order: readonly number[], pinned: ReadonlySet<number>): PinnedPlace[] {
  return order.flatMap((id, index) => (pinned.has(id) ? [{ id, at: index + 1 }] : []));
}

/** The ids with one of them at another place, from 1. */
function moved(order: readonly number[], id: number, to: number): number[] {
  return order.filter((one) => one !== id).toSpliced(Math.max(0, to - 1), 0, id);
}
