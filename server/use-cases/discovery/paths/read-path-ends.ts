import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findRecordingRefs } from '#server/repos/catalog/recording-refs.ts';
import type { PathInput } from '#shared/contracts/discovery/path.ts';
import { EITHER_FLAG } from '#shared/domain/catalog/catalog-columns.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { SongNumbers } from '#shared/domain/catalog/song-key.ts';
import { bannedRows } from '#shared/domain/policies/policy-refs.ts';
import { AppError } from '#shared/errors.ts';
import { readUnwanted } from '../dislikes/read-unwanted.ts';

/** What of a path is given, as rows of the catalog. */
export interface PathEnds {
  readonly ends: readonly [number, number];
  /** The rows of kept places, by place from 0. */
  readonly kept: ReadonlyMap<number, number>;
  /** Whether a row may lie between. */
  readonly admits: (row: number) => boolean;
}

/**
 * Resolves the ends and the kept tracks of a path in the catalog. A merged recording is the one it became. Throws `not_found` for what is not there and
 * `invalid_input` for what contradicts itself, with the name of the field.
 */
export async function readPathEnds(deps: Pick<Deps, 'db'>, actor: Actor, { loaded, input }: PathRequest): Promise<PathEnds> {
  const { byId } = await findRecordingRefs(deps.db, {
    ids: [input.from, input.to, ...input.keep.map((kept) => kept.recordingId)],
    isrcs: [],
    trackIds: [],
  });
  const rowOf = (id: number, field: string): number => {
    const row = loaded.rowOf[byId.get(id) ?? -1] ?? -1;
    if (row >= 0) return row;
    throw new AppError('not_found', { message: `Recording ${id} is not in the catalog.`, remedy: 'Search for the song and choose it again.', field });
  };
  const ends: [number, number] = [rowOf(input.from, 'from'), rowOf(input.to, 'to')];
  const kept = new Map(input.keep.map(({ position, recordingId }) => [position - 1, rowOf(recordingId, 'keep')]));
  requireDifferentEnds(loaded, ends);
  requireKept(input, { ends, kept });
  const given = [{ row: ends[0], field: 'from' }, { row: ends[1], field: 'to' }, ...[...kept.values()].map((row) => ({ row, field: 'keep' }))];
  const isClean = (row: number) => [0, EITHER_FLAG].includes(loaded.catalog.flags.explicit[row] ?? -1);
  const excluded = bannedRows(
    loaded.catalog,
    { artists: input.exclude.artists, albums: [] },
    input.exclude.recordings.map((id) => loaded.rowOf[id] ?? -1),
  );
  for (const { row, field } of given) {
    const title = quotedTitle(loaded, row);
    if (excluded?.has(row) === true)
      throw new AppError('invalid_input', {
        message: `${title} is excluded, and is part of the path.`,
        remedy: 'Do not exclude it, or choose another track.',
        field,
      });
    if (input.explicit === 'clean' && !isClean(row))
      throw new AppError('invalid_input', {
        message: `${title} is explicit, or nobody knows that it is clean, and only clean tracks are wanted.`,
        remedy: 'Allow explicit tracks, or choose another track.',
        field,
      });
  }
  const unwanted = await readUnwanted(deps, actor, { loaded, exclude: input.exclude });
  const isGiven = new Set(given.map(({ row }) => row));
  return {
    ends,
    kept,
    admits: (row) => !isGiven.has(row) && unwanted?.has(row) !== true && (input.explicit === 'any' || isClean(row)),
  };
}

interface PathRequest {
  readonly loaded: LoadedCatalog;
  readonly input: PathInput;
}

/** A row's title in quotation marks. */
export function quotedTitle({ catalog }: LoadedCatalog, row: number): string {
  return `“${catalog.titles?.[row] ?? ''}”`;
}

function requireDifferentEnds(loaded: LoadedCatalog, [from, to]: readonly [number, number]): void {
  const remedy = 'Choose another song as the end.';
  if (from === to)
    throw new AppError('invalid_input', { message: `Both ends are the same recording: ${quotedTitle(loaded, from)}.`, remedy, field: 'to' });
  const songs = SongNumbers.of(loaded.catalog);
  if (songs.of(from) === songs.of(to))
    throw new AppError('invalid_input', {
      message: `${quotedTitle(loaded, from)} and ${quotedTitle(loaded, to)} are the same song.`,
      remedy,
      field: 'to',
    });
}

function requireKept({ keep, steps }: PathInput, { ends, kept }: Pick<PathEnds, 'ends' | 'kept'>): void {
  const tooFar = keep.find(({ position }) => position > steps);
  if (tooFar)
    throw new AppError('invalid_input', {
      message: `A track cannot be kept at place ${tooFar.position} of a path of ${steps} steps.`,
      remedy: `Keep tracks at places 2 to ${steps}.`,
      field: 'keep',
    });
  if (kept.size < keep.length || new Set([...ends, ...kept.values()]).size < kept.size + ends.length)
    throw new AppError('invalid_input', {
      message: 'A track or a place is kept twice, or a kept track is one of the ends.',
      remedy: 'Keep each track and each place once.',
      field: 'keep',
    });
}
