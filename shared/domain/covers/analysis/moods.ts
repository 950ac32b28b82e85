import type { MusicMood } from '#shared/contracts/covers/analysis.ts';
import { moodRegionOf } from '#shared/domain/catalog/lexicon/mood-regions.ts';
import type { AnalyzedTrack } from './analyzed-track.ts';
import { figureOf } from './figures.ts';

interface Point {
  readonly valence: number;
  readonly energy: number;
}

/** With fewer tracks two groups are chance. */
const TRACKS_MIN = 16;
/** A smaller group is an exception, not a mood. */
const SHARE_MIN = 0.25;
/** Moods nearer than this look and sound alike. */
const DISTANCE_MIN = 0.3;
/** Of the way between two centers, the middle third must hold at most this share of the tracks; evenly spread music has a sixth there, a bell curve a fifth. */
const GAP_SHARE_MAX = 0.04;
/** Distance of the centers in standard deviations within the groups. Halves of evenly spread music are 3.5 apart, those of a bell curve 2.7. */
const SEPARATION_MIN = 4.2;
const ROUNDS_MAX = 50;

/**
 * The moods of tracks by valence and energy: one, or two when they fall into two clusters with a gap between them (two-means from each axis' median).
 * None when no track has both numbers.
 */
export function moodsOf(tracks: readonly Pick<AnalyzedTrack, 'valence' | 'energy'>[]): readonly MusicMood[] {
  const points = tracks.flatMap(({ valence, energy }) => (valence === null || energy === null ? [] : [{ valence, energy }]));
  if (points.length === 0) return [];
  const groups = points.length < TRACKS_MIN ? undefined : splitInTwo(points);
  return (groups ?? [points]).map((group) => moodOf(group, group.length / points.length)).toSorted((a, b) => b.share - a.share);
}

function moodOf(points: readonly Point[], share: number): MusicMood {
  const valence = figureOf(points.map((point) => point.valence));
  const energy = figureOf(points.map((point) => point.energy));
  if (!valence || !energy) throw new RangeError('A mood needs at least one track.');
  return { region: moodRegionOf(valence.median, energy.median) ?? 'mixed', valence, energy, share: Math.round(share * 100) / 100 };
}

/** Two clusters, or undefined when the tracks are one. */
function splitInTwo(points: readonly Point[]): readonly [readonly Point[], readonly Point[]] | undefined {
  const splits = (['valence', 'energy'] as const).map((axis) => {
    const sorted = points.toSorted((a, b) => a[axis] - b[axis]);
    return twoMeans(points, [centerOf(sorted.slice(0, points.length / 2)), centerOf(sorted.slice(points.length / 2))]);
  });
  const best = splits.toSorted((a, b) => a.error - b.error)[0];
  if (!best) return undefined;
  const [one, other] = best.groups;
  const [from, to] = best.centers;
  const isSmall = Math.min(one.length, other.length) < SHARE_MIN * points.length;
  if (isSmall || distance(from, to) < DISTANCE_MIN) return undefined;
  const at = (point: Point) => positionBetween(point, from, to);
  const within = best.groups.flatMap((group, i) => group.map((point) => (at(point) - i) ** 2)).reduce((sum, square) => sum + square, 0);
  if (1 / Math.sqrt(within / points.length) < SEPARATION_MIN) return undefined;
  const between = points.filter((point) => isInMiddleThird(at(point))).length;
  return between / points.length <= GAP_SHARE_MAX ? best.groups : undefined;
}

interface Split {
  readonly groups: readonly [readonly Point[], readonly Point[]];
  readonly centers: readonly [Point, Point];
  /** Sum of the squared distances to the centers. */
  readonly error: number;
}

function twoMeans(points: readonly Point[], start: readonly [Point, Point]): Split {
  let centers = start;
  let groups = assign(points, centers);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    centers = [centerOf(groups[0]), centerOf(groups[1])];
    const next = assign(points, centers);
    if (next[0].length === groups[0].length && next[0].every((point, i) => point === groups[0][i])) break;
    groups = next;
  }
  const error = groups.reduce((sum, group, i) => sum + group.reduce((part, point) => part + distance(point, centers[i === 0 ? 0 : 1]) ** 2, 0), 0);
  return { groups, centers, error };
}

function assign(points: readonly Point[], [one, other]: readonly [Point, Point]): readonly [readonly Point[], readonly Point[]] {
  const isFirst = (point: Point) => distance(point, one) <= distance(point, other);
  return [points.filter(isFirst), points.filter((point) => !isFirst(point))];
}

function centerOf(points: readonly Point[]): Point {
  const mean = (axis: keyof Point) => (points.length === 0 ? 0.5 : points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  return { valence: mean('valence'), energy: mean('energy') };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.valence - other.valence, one.energy - other.energy);
}

/** Where a point lies on the way between two others: 0 at the first, 1 at the second. */
function positionBetween(point: Point, from: Point, to: Point): number {
  const way = { valence: to.valence - from.valence, energy: to.energy - from.energy };
  return ((point.valence - from.valence) * way.valence + (point.energy - from.energy) * way.energy) / (way.valence ** 2 + way.energy ** 2);
}

function isInMiddleThird(position: number): boolean {
  return position > 1 / 3 && position < 2 / 3;
}
