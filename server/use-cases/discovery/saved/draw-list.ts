import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { previewFromSeeds } from '#server/use-cases/discovery/seeds/preview-from-seeds.ts';
import { findPath } from '#server/use-cases/discovery/paths/find-path.ts';
import { generateVibe } from '#server/use-cases/discovery/vibes/generate-vibe.ts';
import type { SavedCriteria } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import type { PinnedTrack } from '#shared/domain/discovery/saved/compose-list.ts';
import { AppError } from '#shared/errors.ts';
import { recordingId as asRecordingId } from '#shared/ids.ts';

export type DrawDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'newId' | 'caches' | 'settings' | 'textModel' | 'providerCache' | 'log'>;
export type ListActor = Extract<Actor, { kind: 'user' }>;

interface DrawRequest {
  readonly criteria: SavedCriteria;
  /** Tracks wanted; by default as many as the criteria say. */
  readonly size?: number;
  readonly seed: string;
  /** Recordings that must not be chosen. The ends of a path stay, and so do pinned tracks on it. */
  readonly without: readonly number[];
  readonly pinned?: readonly PinnedTrack[];
}

/** A list drawn from criteria; `wanted` is how many tracks they ask for. */
export interface DrawnList {
  readonly tracks: readonly SavedTrack[];
  readonly wanted: number;
  readonly notes: readonly string[];
}

/** Where the list cannot be filled, shorter ones are tried. */
const SHORTER = [1, 0.75, 0.5, 0.25, 0.1];

/**
 * Draws a list from criteria, without what the listener dislikes and without the given recordings. It may be shorter than wanted, and is never filled by
 * relaxing that. Throws `conflict` for a list without criteria, and what seeds and sentences throw.
 */
export async function drawList(deps: DrawDeps, actor: ListActor, request: DrawRequest): Promise<DrawnList> {
  const { criteria } = request;
  if (criteria.kind === 'seeds') return drawFromSeeds(deps, actor, { ...request, criteria });
  if (criteria.kind === 'vibe') return drawFromVibe(deps, actor, { ...request, criteria });
  if (criteria.kind === 'path') return drawPath(deps, actor, { ...request, criteria });
  throw new AppError('conflict', {
    message: 'You chose these tracks yourself, so there is nothing to make the list from again.',
    remedy: 'Use its tracks as seeds of a new playlist.',
  });
}

type Of<K extends SavedCriteria['kind']> = DrawRequest & { readonly criteria: Extract<SavedCriteria, { kind: K }> };

async function drawFromSeeds(deps: DrawDeps, actor: ListActor, { criteria, size, without }: Of<'seeds'>): Promise<DrawnList> {
  const { request } = criteria;
  const wanted = size ?? request.size;
  const exclude = { ...request.exclude, recordings: [...request.exclude.recordings, ...without] as typeof request.exclude.recordings };
  const notes = new Set<string>();
  for (const share of SHORTER) {
    const list = await previewFromSeeds(deps, actor, { ...request, size: Math.max(1, Math.floor(wanted * share)), exclude });
    for (const note of list.notes) notes.add(note);
    if (list.tracks.length === 0) continue;
    const tracks = list.tracks.map(({ recordingId, title, artists, reason, why }) => ({
      recordingId,
      title,
      artists,
      isPinned: false,
      reason: { kind: 'match' as const, why, facts: { ...reason } },
    }));
    return { tracks, wanted, notes: [...notes] };
  }
  return { tracks: [], wanted, notes: [...notes] };
}

async function drawFromVibe(deps: DrawDeps, actor: ListActor, { criteria, size, seed, without }: Of<'vibe'>): Promise<DrawnList> {
  const { minutes: _, ...others } = criteria.spec;
  const spec = size === undefined ? criteria.spec : { ...others, tracks: size };
  const list = await generateVibe(deps, actor, { sentence: '', spec, seed, without });
  const tracks = list.tracks.map(({ recordingId, title, artists, why, reasons }) => ({
    recordingId,
    title,
    artists,
    isPinned: false,
    reason: { kind: 'rules' as const, why, facts: { ...reasons } },
  }));
  return { tracks, wanted: Math.max(list.wanted, tracks.length), notes: list.notices.map(({ text }) => text) };
}

async function drawPath(deps: DrawDeps, actor: ListActor, { criteria, without, pinned = [] }: Of<'path'>): Promise<DrawnList> {
  const { request } = criteria;
  const wanted = request.steps + 1;
  const keep = pinned
    .map(({ index, track }) => ({ position: index + 1, recordingId: asRecordingId.parse(track.recordingId) }))
    .filter(({ position }) => position > 1 && position < wanted);
  const staying = new Set<number>([request.from, request.to, ...keep.map((kept) => kept.recordingId)]);
  const excluded = without.filter((id) => !staying.has(id)).map((id) => asRecordingId.parse(id));
  const exclude = { ...request.exclude, recordings: [...request.exclude.recordings, ...excluded] };
  try {
    const { tracks, steps, notes } = await findPath(deps, actor, { ...request, keep, exclude });
    const reasonOf = (at: number) => {
      const step = steps[at - 1];
      return step
        ? { kind: 'step' as const, why: step.why, facts: { facts: step.facts } }
        : { kind: 'chosen' as const, why: 'The start of the path.', facts: {} };
    };
    const views = tracks.map(({ recordingId: id, title, artists }, at) => ({
      recordingId: id,
      title,
      artists,
      isPinned: false,
      reason: reasonOf(at),
    }));
    return { tracks: views, wanted, notes };
  } catch (error) {
    // Without the tracks of before there may be no other path.
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'invalid_input'))
      return { tracks: [], wanted, notes: [error.message] };
    throw error;
  }
}
