import type { RecordingId } from '#shared/ids.ts';

/** What the page of a path keeps in its address. */
export interface PathSearch {
  /** Recordings at both ends. */
  readonly start?: number;
  readonly end?: number;
  /** Joins. */
  readonly steps?: number;
  readonly by?: 'sound' | 'playlists';
  /** Tracks that stay at their places, as `place-recording`. */
  readonly keep?: string;
  /** Recordings that must not be on the way. */
  readonly excluded?: string;
}

export const PATH_STEPS = { min: 2, max: 15, usual: 7 } as const;

/** Reads the parameters of the address; what is not in the right form is left out. */
export function readPathSearch(raw: Readonly<Record<string, unknown>>): PathSearch {
  const whole = (key: string, min: number, max: number) => {
    const value = raw[key];
    return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? { [key]: value } : {};
  };
  const list = (key: string, pattern: RegExp) => {
    const given = raw[key];
    const value = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
    return value.length <= 1_500 && pattern.test(value) ? { [key]: value } : {};
  };
  const { by } = raw;
  return {
    ...whole('start', 1, 2_147_483_647),
    ...whole('end', 1, 2_147_483_647),
    ...whole('steps', PATH_STEPS.min, PATH_STEPS.max),
    ...(by === 'sound' || by === 'playlists' ? { by } : {}),
    ...list('keep', /^\d+-\d+(?:_\d+-\d+)*$/u),
    ...list('excluded', /^\d+(?:_\d+)*$/u),
  };
}

/** What `discovery.path` is asked for; undefined until both ends are chosen. */
export function pathRequestOf({ start, end, steps = PATH_STEPS.usual, by, keep, excluded }: PathSearch) {
  if (start === undefined || end === undefined) return undefined;
  return {
    from: start as RecordingId,
    to: end as RecordingId,
    steps,
    by: by ?? ('both' as const),
    keep: (keep?.split('_') ?? []).flatMap((pair) => {
      const [position = 0, recordingId = 0] = pair.split('-').map(Number);
      return position >= 2 && position <= steps ? [{ position, recordingId: recordingId as RecordingId }] : [];
    }),
    exclude: { recordings: (excluded?.split('_') ?? []).map(Number) as RecordingId[], artists: [] },
  };
}

interface Placed {
  readonly position: number;
  readonly recordingId: number;
}

/** The search that finds another track for one place and keeps the others. The first and the last place are the ends. */
export function otherWay(search: PathSearch, tracks: readonly Placed[], position: number): PathSearch {
  const away = tracks.find((track) => track.position === position);
  if (!away) return search;
  return {
    ...search,
    ...keepOf(tracks.filter((track) => track.position !== position)),
    excluded: [...(search.excluded?.split('_') ?? []), away.recordingId].slice(-100).join('_'),
  };
}

/** The search with one step more after a place; the tracks stay in their order. */
export function withStepAfter(search: PathSearch, tracks: readonly Placed[], position: number): PathSearch {
  const shifted = tracks.map((track) => ({ ...track, position: track.position > position ? track.position + 1 : track.position }));
  return { ...search, ...keepOf(shifted), steps: Math.min(PATH_STEPS.max, tracks.length) };
}

function keepOf(tracks: readonly Placed[]): Pick<PathSearch, 'keep'> {
  const last = Math.max(...tracks.map(({ position }) => position));
  const kept = tracks.filter(({ position }) => position > 1 && position < last).map(({ position, recordingId }) => `${position}-${recordingId}`);
  return kept.length === 0 ? {} : { keep: kept.join('_') };
}
