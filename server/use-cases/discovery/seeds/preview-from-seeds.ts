import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listCaptions } from '#server/repos/catalog/recording-captions.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import type { FromSeedsInput, FromSeedsView, SeedTrackView } from '#shared/contracts/discovery/seeds.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { describeMatch } from '#shared/domain/discovery/matchers/reasons.ts';
import { MATCHERS } from '#shared/domain/discovery/matchers/registry.ts';
import { draftSeedList } from '#shared/domain/discovery/seeds/draft-seed-list.ts';
import type { SeedListEntry } from '#shared/domain/discovery/seeds/draft-seed-list.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { readUnwanted } from '../dislikes/read-unwanted.ts';
import { readMatchContext } from './read-match-context.ts';
import { readSeeds } from './read-seeds.ts';

const WIDENED = 'Too few tracks are that close to the seeds within the limits per artist and album, so tracks of every closeness are in the list.';

type SeedDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>;

/**
 * The list that goes with some seeds, with the reason of each track. Leaves out what the caller excludes or dislikes. Stores nothing. Throws `not_found`
 * when none of the seeds can be used, and `invalid_input` for an unknown matcher; a seed that cannot be used is named in the notes.
 */
export async function previewFromSeeds(deps: SeedDeps, actor: Actor, input: FromSeedsInput): Promise<FromSeedsView> {
  if (!MATCHERS.some(({ id }) => id === input.matcher)) {
    throw new AppError('invalid_input', {
      message: `There is no matcher “${input.matcher}”.`,
      remedy: `Choose one of ${MATCHERS.map(({ id }) => id).join(', ')}.`,
      field: 'matcher',
    });
  }
  const loaded = await getCachedCatalog(deps, { texts: true });
  const { examples, notes } = await readSeeds(deps, loaded, input.seeds);
  if (examples.length === 0) {
    throw new AppError('not_found', {
      message: `None of the seeds can be used. ${notes.join(' ')}`,
      remedy: 'Choose a recording, an artist or an album of the catalog, or a playlist that has a list.',
      field: 'seeds',
    });
  }
  const context = await readMatchContext(deps, loaded, examples);
  const unwanted = await readUnwanted(deps, actor, { loaded, exclude: input.exclude });
  const { size, closeness, matcher, shuffle, perArtist, perAlbum, separation } = input;
  const draft = draftSeedList(
    context,
    { seeds: examples, admits: (row) => unwanted?.has(row) !== true },
    { size, closeness, matcher, shuffle, perArtist, perAlbum, separation, day: dayOf(deps.now()) },
  );
  return {
    tracks: await toViews(deps, loaded, draft.entries),
    candidates: draft.candidates,
    notes: [...notes, ...(draft.isWidened ? [WIDENED] : [])],
    shortfall: draft.shortfall,
  };
}

async function toViews(deps: Pick<Deps, 'db'>, { catalog }: LoadedCatalog, entries: readonly SeedListEntry[]): Promise<SeedTrackView[]> {
  const idOf = (row: number) => catalog.recordingIds[row] ?? 0;
  const captions = await listCaptions(
    deps.db,
    entries.map(({ row }) => idOf(row)),
  );
  return entries.map(({ row, reason }) => {
    const caption = captions.get(idOf(row));
    return {
      recordingId: idOf(row),
      title: caption?.title ?? '',
      artists: caption?.artists ?? [],
      album: caption?.album ?? '',
      reason: 'seed' in reason ? { ...reason, seed: idOf(reason.seed) } : reason,
      why: describeMatch(reason, (seed) => catalog.titles?.[seed] ?? ''),
    };
  });
}
