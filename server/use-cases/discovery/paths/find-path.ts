import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listListsWith } from '#server/repos/curation/neighbor-lists.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { runInSteps } from '#server/use-cases/run-in-steps.ts';
import type { PathInput, PathView } from '#shared/contracts/discovery/path.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import type { SoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { choosePath } from '#shared/domain/discovery/paths/choose-path.ts';
import { candidateLayers, listsByRow, soundLayers, unknownOf } from '#shared/domain/discovery/paths/path-layers.ts';
import { AppError } from '#shared/errors.ts';
import { getSoundSpace } from '../seeds/sound-spaces.ts';
import { toPathView } from './path-view.ts';
import { readPathEnds, quotedTitle } from './read-path-ends.ts';
import type { PathEnds } from './read-path-ends.ts';

/** Pairs of rows that are compared for one path, and rows tried at a place at most. */
const PAIRS_MAX = 100_000;
const PER_PLACE_MAX = 96;
/** Rows whose lists are read, beside the ends. */
const LISTED_MAX = 200;
/** The second attempt tries so many times as many rows at each place. */
const WIDER = 3;

type PathDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>;

/**
 * A path from one recording to another: each track with the facts that join it to the next. The same catalog, lists and input give the same path. What the
 * caller dislikes or excludes is never on it. Stores nothing. Throws `not_found` and `invalid_input` with the field, the reason and what would help.
 */
export async function findPath(deps: PathDeps, actor: Actor, input: PathInput): Promise<PathView> {
  const loaded = await getCachedCatalog(deps, { texts: true });
  const given = await readPathEnds(deps, actor, { loaded, input });
  const sound = await getSoundSpace(loaded.catalog);
  const perPlace = Math.min(PER_PLACE_MAX, Math.floor(Math.sqrt(PAIRS_MAX / input.steps)));
  const attempt = { loaded, given, sound, input };
  const first = await tryPath(deps, { ...attempt, perPlace });
  const found = first.chosen ? first : await tryPath(deps, { ...attempt, perPlace: WIDER * perPlace });
  if (!found.chosen) throw noPath(attempt, found.candidates);
  const notes = given.ends.flatMap((end) => {
    const unknown = unknownOf(loaded.catalog, sound, end);
    return unknown === undefined
      ? []
      : [`The ${unknown} of ${quotedTitle(loaded, end)} ${areOrIs(unknown)} unknown, so playlists, genres and credits join it.`];
  });
  const { catalog } = loaded;
  return toPathView({ catalog, sound, listsOf: found.listsOf }, found.chosen, { steps: input.steps, compared: found.candidates, notes });
}

interface Attempt {
  readonly loaded: LoadedCatalog;
  readonly given: PathEnds;
  readonly sound: SoundSpace;
  readonly input: PathInput;
}

async function tryPath(deps: PathDeps, { loaded, given, sound, input, perPlace }: Attempt & { readonly perPlace: number }) {
  const { catalog, rowOf } = loaded;
  const { ends, kept, admits } = given;
  const shape = { ends, steps: input.steps, perPlace, admits };
  const heard = soundLayers(sound, shape);
  const perLayer = Math.ceil(LISTED_MAX / heard.length);
  const asked = new Set([...ends, ...kept.values(), ...heard.flatMap((rows) => rows.slice(0, perLayer))]);
  const ids = [...asked].flatMap((row) => catalog.recordingIds[row] ?? []);
  const lists = (await listListsWith(deps.db, { recordingIds: ids, before: deps.now() })).map((list) => list.map((id) => rowOf[id] ?? -1));
  const layers = candidateLayers({ catalog, lists, sound }, { ...shape, by: input.by, heard, kept });
  const listsOf = listsByRow(lists, layers.flat());
  const fixed = new Set([0, input.steps, ...kept.keys()]);
  const steps = choosePath({ catalog, sound, listsOf }, { layers, fixed, separation: input.separation, by: input.by });
  return { chosen: await runInSteps(steps), listsOf, candidates: new Set(layers.slice(1, -1).flat()).size };
}

function noPath({ loaded, given, sound, input }: Attempt, candidates: number): AppError {
  const [from, to] = given.ends.map((end) => quotedTitle(loaded, end));
  const unknown = given.ends.flatMap((end) => {
    const what = unknownOf(loaded.catalog, sound, end);
    return what === undefined ? [] : [`the ${what} of ${quotedTitle(loaded, end)} ${areOrIs(what)} unknown`];
  });
  if (unknown.length > 0) {
    return new AppError('not_found', {
      message: `Nothing known joins ${from} and ${to} in ${input.steps} steps: ${unknown.join(', ')}, and no playlists, genres or credits lead from one to the other.`,
      remedy: 'Choose another end, or wait until the audio features of this one are known.',
      field: 'to',
    });
  }
  if (candidates < input.steps - 1) {
    return new AppError('invalid_input', {
      message: `Only ${candidates.toLocaleString('en')} recordings can lie between ${from} and ${to}; ${input.steps} steps need ${input.steps - 1}.`,
      remedy: candidates === 0 ? 'Exclude less.' : `Ask for at most ${candidates + 1} steps, or exclude less.`,
      field: 'steps',
    });
  }
  return new AppError('invalid_input', {
    message: `No path of ${input.steps} steps keeps tracks by one artist ${input.separation} places apart without a song twice.`,
    remedy: 'Lower the artist separation, ask for fewer steps, or exclude less.',
    field: 'separation',
  });
}

const areOrIs = (what: string) => (what.includes(' and ') ? 'are' : 'is');
