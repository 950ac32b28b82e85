import type { VibeTrackView } from '#shared/contracts/discovery/generate-vibe.ts';
import type { SavedTrackView } from '#shared/contracts/discovery/saved-views.ts';
import type { TrackHit } from '#shared/contracts/discovery/search.ts';
import type { SeedTrackView } from '#shared/contracts/discovery/seeds.ts';

/** A track of a list with the fact that put it there, no matter which way it was made. */
export interface ComposedTrack {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly why: string;
  readonly reason: { readonly kind: 'match' | 'rules' | 'step' | 'chosen'; readonly facts: Readonly<Record<string, unknown>> };
  /** 0–1; null where it is not known, undefined where it is not told. */
  readonly energy?: number | null;
}

export const fromSeedTrack = ({ recordingId, title, artists, why, reason }: SeedTrackView): ComposedTrack => ({
  recordingId,
  title,
  artists,
  why,
  reason: { kind: 'match', facts: { ...reason } },
});

export const fromVibeTrack = ({ recordingId, title, artists, why, reasons, energy }: VibeTrackView): ComposedTrack => ({
  recordingId,
  title,
  artists,
  // Everything is here for the first time; a reason that all tracks share says nothing.
  why: why.replace(/; first time here\.$/u, '.'),
  reason: { kind: 'rules', facts: { ...reasons } },
  energy,
});

/** A track that a person chose. */
export const fromChosenTrack = ({ title, artists }: TrackHit, recordingId: number): ComposedTrack => ({
  recordingId,
  title,
  artists: artists.map(({ name }) => name),
  why: 'Chosen by you.',
  reason: { kind: 'chosen', facts: {} },
});

/** A track of a saved playlist. One that the catalog has lost says so. */
export const fromSavedTrack = ({ recordingId, title, artists, reason, inCatalog, isDisliked }: SavedTrackView): ComposedTrack => ({
  recordingId,
  title,
  artists,
  why: [reason.why, ...(inCatalog ? [] : ['No longer in the catalog.']), ...(isDisliked ? ['You dislike it.'] : [])].join(' '),
  reason: { kind: reason.kind, facts: reason.facts },
});
