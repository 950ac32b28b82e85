import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import type { SavedVersionRow } from '#server/repos/discovery/saved-versions.ts';
import { fromSeedsInput } from '#shared/contracts/discovery/seeds.ts';
import type { SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import type { SavedCriteria } from '#shared/contracts/discovery/saved-playlists.ts';
import type { ReadyEdit } from '#shared/domain/discovery/saved/edit-tracks.ts';
import { withinArtistCap } from '#shared/domain/discovery/saved/compose-list.ts';
import { AppError } from '#shared/errors.ts';
import { drawList } from './draw-list.ts';
import type { DrawDeps, ListActor } from './draw-list.ts';
import { recordingsToRest } from './recordings-to-rest.ts';

/** Candidates that are drawn, so that one is left within the artist limit. */
const DRAWN = 20;

interface SwapRequest {
  readonly saved: SavedRow;
  readonly current: SavedVersionRow;
  /** Edits before this one. */
  readonly ready: readonly ReadyEdit[];
  readonly swapped: number;
}

/**
 * Another track in place of one: by the criteria of the list, or like the track itself where the list is a path or has no criteria; nothing that the list has, or had within
 * its repeat window. Throws `conflict` when there is none.
 */
export async function chooseAnother(deps: DrawDeps, actor: ListActor, { saved, current, ready, swapped }: SwapRequest): Promise<SavedTrack> {
  const others = current.tracks.filter(({ recordingId }) => recordingId !== swapped);
  const added = ready.flatMap((edit) => (edit.kind === 'add' ? [edit.track] : edit.kind === 'swap' ? [edit.to] : []));
  const without = [...current.tracks, ...added].map(({ recordingId }) => recordingId).concat(await recordingsToRest(deps, saved));
  const criteria = criteriaFor(current.criteria, swapped);
  const { tracks } = await drawList(deps, actor, { criteria, size: DRAWN, seed: `${current.seed}:${swapped}`.slice(-64), without });
  const perArtist = criteria.kind === 'seeds' ? criteria.request.perArtist : Number.POSITIVE_INFINITY;
  const [first] = withinArtistCap([...others, ...added], tracks, perArtist);
  if (first) return first;
  throw new AppError('conflict', {
    message: 'No other track goes with this list without a repeat.',
    remedy: 'Search for a track and add it, or shorten the repeat window.',
    field: 'edits',
  });
}

function criteriaFor(criteria: SavedCriteria, swapped: number): SavedCriteria {
  if (criteria.kind === 'seeds' || criteria.kind === 'vibe') return criteria;
  return { kind: 'seeds', request: fromSeedsInput.parse({ seeds: [{ kind: 'recording', recordingId: swapped }], closeness: 'close' }) };
}
