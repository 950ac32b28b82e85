import type { NumberField } from '#shared/domain/catalog/fields.ts';
import { chanceOf, hashText } from '#shared/domain/hash.ts';
import { neighborsOf } from '#shared/domain/catalog/neighbors/neighbors.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { curateDays } from './curated-days.ts';
import type { Music } from './music.ts';
import { deviation, mean, quantile } from './statistics.ts';

const TWIN_FIELDS = ['danceability', 'energy', 'valence', 'acousticness', 'loudness', 'tempo'] as const satisfies readonly NumberField[];
const SIZE = 50;

/** A person's playlist split by lot, and the policy that describes the visible half. */
export interface Twin {
  readonly name: string;
  readonly visible: readonly number[];
  readonly hidden: ReadonlySet<number>;
  readonly deviations: Readonly<Record<string, number>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The fields that a twin prefers: all six, or two of them. */
export type TwinFields = readonly (typeof TWIN_FIELDS)[number][];

/** Twins of the given number of people's playlists: policies made from half of each, chosen by lot with fixed seeds. */
export function twinsOf({ catalog, human }: Music, count: number, fields: TwinFields = TWIN_FIELDS): Twin[] {
  const drawn = human.toSorted((a, b) => hashText(a.name) - hashText(b.name)).slice(0, count);
  return drawn.map((list) => {
    const ordered = list.rows.toSorted((a, b) => chanceOf(hashText(list.name), a) - chanceOf(hashText(list.name), b));
    const half = Math.ceil(ordered.length / 2);
    const visible = ordered.slice(0, half);
    const values = (field: NumberField) => visible.map((row) => catalog.numbers[field][row] ?? Number.NaN);
    const years = values('release_year');
    return {
      name: list.name,
      visible,
      hidden: new Set(ordered.slice(half)),
      deviations: Object.fromEntries(fields.map((field) => [field, deviation(values(field))])),
      body: {
        version: 1,
        size: SIZE,
        seed: list.name,
        pool: { field: 'release_year', op: 'between', value: [quantile(years, 0.05), quantile(years, 0.95)] },
        prefer: fields.map((field) => ({ field, toward: mean(values(field)), spread: deviation(values(field)), weight: 1 })),
        rest: { days: 0, scope: 'playlist' },
      },
    };
  });
}

/** Figures of one twin's list beside the playlist it stands for. */
export interface TwinFigures {
  /** Standard deviation ÷ the person's, by field. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Share of the list that is in the hidden half. */
  readonly hits: number;
}

/** How a twin is curated by the system that is measured. */
interface TwinSystem {
  readonly bodyOf: (body: Twin['body']) => unknown;
  /** Whether the visible half is given as examples, too. */
  readonly hasExamples?: boolean | undefined;
}

/** Curates each twin for one day. */
export function measureTwins(music: Music, twins: readonly Twin[], { bodyOf, hasExamples = false }: TwinSystem): TwinFigures[] {
  const { catalog } = music;
  return twins.map((twin) => {
    const neighbors = hasExamples ? neighborsOfTwin(music, twin) : undefined;
    const rows = curateDays(catalog, { name: twin.name, body: bodyOf(twin.body), neighbors }, 1).lists[0]?.rows ?? [];
    return { ratios: ratiosOf({ catalog }, twin, rows), hits: rows.filter((row) => twin.hidden.has(row)).length / SIZE };
  });
}

/** What goes with the visible half, by all playlists but the twin’s own. */
function neighborsOfTwin({ catalog, human }: Music, { name, visible }: Twin): Neighbors {
  const seeds = visible.map((row) => ({ kind: 'recording' as const, rows: [row] }));
  const lists = human.filter((list) => list.name !== name).map(({ rows }) => rows);
  return neighborsOf(catalog, { seeds, avoid: [], lists });
}

/** Standard deviation of rows ÷ the person's, by field. */
function ratiosOf({ catalog }: Pick<Music, 'catalog'>, twin: Twin, rows: readonly number[]): Record<string, number> {
  const { numbers } = catalog;
  return Object.fromEntries(
    TWIN_FIELDS.map((field) => [field, deviation(rows.map((row) => numbers[field][row] ?? Number.NaN)) / (twin.deviations[field] ?? Number.NaN)]),
  );
}

/** The median of each field's ratio over twins: a person's playlist of one tempo has a ratio without a bound. */
export function medianRatios(figures: readonly TwinFigures[]): Record<string, number> {
  const ratiosBy = (field: string) => figures.map(({ ratios }) => ratios[field] ?? Number.NaN);
  return Object.fromEntries(TWIN_FIELDS.map((field) => [field, quantile(ratiosBy(field), 0.5)]));
}
