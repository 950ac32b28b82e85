import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import type { ListToSave } from '../saved/saved-cache.ts';
import { modeOf, seedRequestOf, seedKeyOf } from './asking.ts';
import type { ComposerState } from './composer-search.ts';
import type { ComposedTrack } from './listed-track.ts';
import type { ComposedList } from './use-composed-list.ts';

const WHY_MAX = 500;
const FACTS_MAX = 4_000;

/** A track with its reason, as it is saved. Facts that are too long are left out; the sentence stays. */
export function trackToSave({ recordingId, reason: { kind, facts }, why }: ComposedTrack, isPinned: boolean): ListToSave['tracks'][number] {
  const isShort = JSON.stringify(facts).length <= FACTS_MAX;
  return {
    recordingId: recordingId,
    isPinned,
    reason: { kind, why: why.slice(0, WHY_MAX), facts: isShort ? facts : {} },
  };
}

/** The composer's list with what it was made from. A list that is only shown keeps what it was made from. */
export function listToSave(
  state: ComposerState,
  list: ComposedList,
  { name, shown }: { readonly name: string; readonly shown: SavedPlaylistView | undefined },
): ListToSave {
  const pinned = new Set((state.pins ?? []).map(({ id }) => id));
  return {
    name: name.slice(0, 100),
    criteria: criteriaOf(state, list, shown),
    tracks: list.tracks.map((track) => trackToSave(track, pinned.has(track.recordingId))),
  };
}

function criteriaOf(state: ComposerState, { vibe }: ComposedList, shown: SavedPlaylistView | undefined): ListToSave['criteria'] {
  if (state.from !== undefined && shown) return shown.criteria;
  if (modeOf(state) === 'songs') return { kind: 'seeds', request: seedRequestOf(state) };
  return vibe ? { kind: 'vibe', sentence: state.q ?? '', spec: vibe.spec } : { kind: 'chosen' };
}

/** A saved playlist as the composer's state: the question it was made from, its tracks as they are, and its pins. */
export function stateOfSaved({ id, name, criteria, tracks }: SavedPlaylistView): ComposerState {
  const kept = {
    name,
    draft: id,
    from: id,
    pins: tracks.filter(({ isPinned }) => isPinned).map(({ recordingId, position }) => ({ id: recordingId, at: position })),
  };
  if (criteria.kind === 'vibe') return { ...kept, q: criteria.sentence, spec: criteria.spec };
  if (criteria.kind !== 'seeds') return kept;
  const { seeds, closeness, matcher, size, exclude, shuffle } = criteria.request;
  const asked = { near: closeness, matcher: matcher === 'hybrid' ? undefined : matcher, size, shuffle, without: exclude.artists };
  return { ...kept, ...asked, seeds: seeds.map(seedKeyOf) };
}
