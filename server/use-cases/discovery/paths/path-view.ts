import type { PathStepView, PathTrackView, PathView } from '#shared/contracts/discovery/path.ts';
import { PATH_STEPS_MAX } from '#shared/contracts/discovery/path.ts';
import { CAMELOT_CODES } from '#shared/domain/catalog/camelot.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { camelotOf } from '#shared/domain/curation/flow.ts';
import type { ChosenPath } from '#shared/domain/discovery/paths/choose-path.ts';
import { describeJoin } from '#shared/domain/discovery/paths/describe-join.ts';
import { joinFacts } from '#shared/domain/discovery/paths/join.ts';
import type { JoinContext } from '#shared/domain/discovery/paths/join.ts';

/** A step further than this, in standard deviations, can be heard as a jump. */
const STEEP_FROM = 1;

/** A chosen path as people see it. */
export function toPathView(
  context: JoinContext,
  { rows, costs }: ChosenPath,
  { steps, compared, notes }: { readonly steps: number; readonly compared: number; readonly notes: readonly string[] },
): PathView {
  const weakest = costs.indexOf(Math.max(...costs));
  const tracks = rows.map((row, at) => trackView(context.catalog, row, at + 1));
  const joins = costs.map((_, at) => stepView(context, [rows[at] ?? -1, rows[at + 1] ?? -1], { position: at + 1, isWeakest: at === weakest }));
  const steepest = joins[weakest]?.distance ?? null;
  const isSteep = steepest !== null && steepest > STEEP_FROM && steps < PATH_STEPS_MAX;
  return {
    tracks,
    steps: joins,
    compared,
    durationMs: tracks.reduce((sum, track) => sum + track.durationMs, 0),
    notes: [...notes, ...(isSteep ? [`Step ${weakest + 1} is ${steepest.toFixed(2)} away. With more than ${steps} steps each can be smaller.`] : [])],
  };
}

function trackView(catalog: Catalog, row: number, position: number): PathTrackView {
  const { numbers } = catalog;
  return {
    position,
    recordingId: catalog.recordingIds[row] ?? 0,
    title: catalog.titles?.[row] ?? '',
    artists: [...artistsOf(catalog, row)].map((artist) => catalog.artistNames[artist] ?? ''),
    album: catalog.albumNames?.[catalog.albums[row] ?? 0] ?? '',
    durationMs: numbers.duration_ms[row] ?? 0,
    energy: known(numbers.energy[row]),
    tempo: numbers.tempo[row] === 0 ? null : known(numbers.tempo[row]),
    key: CAMELOT_CODES[camelotOf(catalog, row)] ?? null,
  };
}

function stepView(
  context: JoinContext,
  pair: readonly [number, number],
  { position, isWeakest }: Pick<PathStepView, 'position' | 'isWeakest'>,
): PathStepView {
  const facts = joinFacts(context, pair);
  const sound = facts.find((fact) => fact.fact === 'sound');
  const [before, after] = sound?.tempo ?? [];
  return {
    position,
    why: describeJoin(facts),
    facts,
    distance: sound?.distance ?? null,
    features: sound?.features ?? 0,
    tempoChange: before === undefined || after === undefined ? null : Math.round(after) - Math.round(before),
    isWeakest,
  };
}

/** Three decimals are more than was measured. */
function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : Math.round(value * 1_000) / 1_000;
}
