import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { readNeighbors } from '#server/use-cases/curation/read-neighbors.ts';
import type { GenerateVibeInput, VibeListView, VibeTrackView } from '#shared/contracts/discovery/generate-vibe.ts';
import { EITHER_FLAG, UNKNOWN_FLAG, artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { DraftEntry } from '#shared/domain/curation/curate-day.ts';
import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import { chipsOf } from '#shared/domain/discovery/vibes/chips.ts';
import { featureScaleOf } from '#shared/domain/discovery/vibes/feature-scale.ts';
import { selectTracks } from '#shared/domain/discovery/vibes/selection/select-tracks.ts';
import { vibeNotices } from '#shared/domain/discovery/vibes/selection/vibe-notices.ts';
import { vibePolicy } from '#shared/domain/discovery/vibes/selection/vibe-policy.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { readUnwanted } from '../dislikes/read-unwanted.ts';
import { readVibe } from './read-vibe.ts';

type GenerateVibeDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'caches' | 'textModel' | 'providerCache' | 'log'>;

/**
 * A playlist from a sentence or from chips, without the given recordings and without what the caller dislikes, with the reason of each track and what
 * could not be honored. Every track is a row of the catalog; nothing is stored. Throws `unauthenticated` for a stranger.
 */
export async function generateVibe(
  deps: GenerateVibeDeps,
  actor: Actor,
  input: GenerateVibeInput & { readonly signal?: AbortSignal | undefined; readonly without?: readonly number[] | undefined },
): Promise<VibeListView> {
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in with Spotify.' });
  const loaded = await getCachedCatalog(deps, { texts: true });
  const { catalog } = loaded;
  const reading = await readVibe(deps, catalog, input);
  const { spec } = reading;
  const [scale, day] = [featureScaleOf(catalog), dayOf(deps.now())];
  const question = { spec, catalog, scale, seed: input.seed };
  const policy = vibePolicy(question);
  const neighbors = (await readNeighbors(deps, loaded, [{ policy, policySavedAt: null }])).get(policy)?.neighbors;
  const exclude = { recordings: input.without ?? [], artists: [] };
  const unwanted = await readUnwanted(deps, actor, { loaded, exclude });
  const selection = selectTracks({ ...question, day, neighbors, unwanted });
  return {
    spec,
    chips: chipsOf(spec),
    readBy: reading.readBy,
    fallback: reading.fallback,
    languages: reading.languages,
    questions: reading.questions,
    isCut: reading.isCut,
    notices: vibeNotices(spec, catalog, selection),
    tracks: selection.entries.map((entry, at) => trackView(catalog, entry, { position: at + 1, day })),
    pool: selection.pool,
    wanted: selection.wanted,
  };
}

const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : Math.round(value * 1_000) / 1_000);

function trackView(
  catalog: Catalog,
  { row, recordingId, reasons, isExplicit }: DraftEntry,
  { position, day }: { readonly position: number; readonly day: string },
): VibeTrackView {
  const explicit = catalog.flags.explicit[row] ?? UNKNOWN_FLAG;
  return {
    position,
    recordingId,
    title: catalog.titles?.[row] ?? '',
    artists: [...artistsOf(catalog, row)].map((artist) => catalog.artistNames[artist] ?? ''),
    album: catalog.albumNames?.[catalog.albums[row] ?? 0] ?? '',
    year: orNull(catalog.numbers.release_year[row]),
    durationMs: catalog.numbers.duration_ms[row] ?? 0,
    // Of a recording that has both versions, the one that the vibe asks for.
    explicit: explicit === EITHER_FLAG ? isExplicit : explicit === UNKNOWN_FLAG ? null : explicit === 1,
    energy: orNull(catalog.numbers.energy[row]),
    tempo: orNull(catalog.numbers.tempo[row]),
    why: whyLine(reasons, { day, recordingId }),
    reasons,
  };
}
