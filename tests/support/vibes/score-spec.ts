import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { VIBE_SHARES } from '#shared/contracts/discovery/vibe-spec.ts';
import { genresAbove, sameGenres } from '#shared/domain/discovery/vibes/lexicon/genres.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { readFileSync } from 'node:fs';

/** A sentence with the spec that a person expects. */
export interface VibePrompt {
  readonly id: string;
  readonly lang: string;
  readonly prompt: string;
  readonly spec: Partial<VibeSpec>;
  readonly report: readonly string[];
  readonly conflict: readonly string[];
}

/** Reads sentences, one JSON object a line. */
export function readPrompts(file: string): VibePrompt[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as VibePrompt);
}

const HARD = [
  'explicit',
  'artists',
  'seeds',
  'not_genres',
  'not_artists',
  'not_words',
  'not_years',
  'minutes',
  'tracks',
  'order',
  'heard',
  'artists_from',
] as const;
const RANGES = ['years', 'tempo', 'track_seconds'] as const;

/**
 * What a derived spec misses of the expected one: hard fields are equal and not invented, years and tempo within 5 % of the range, soft ranges overlap by
 * half of the derived range or contain its center, one genre is shared or is the parent of the other, and every report and conflict is shown.
 */
export function missesOf(expected: VibePrompt, derived: VibeSpec): string[] {
  const { spec } = expected;
  const hard = HARD.filter((field) => !isSame(spec[field], derived[field])).map((field) => `${field}: ${JSON.stringify(derived[field])}`);
  const ranges = RANGES.filter((field) => !isNear(spec[field], derived[field])).map((field) => `${field}: ${JSON.stringify(derived[field])}`);
  const soft = VIBE_SHARES.filter((field) => spec[field] && !overlaps(spec[field], derived[field])).map(
    (field) => `${field}: ${JSON.stringify(derived[field])}`,
  );
  const genres =
    spec.genres && !spec.genres.some((genre) => derived.genres?.some((other) => isRelated(genre, other)))
      ? [`genres: ${JSON.stringify(derived.genres)}`]
      : [];
  const popularity = spec.popularity !== undefined && spec.popularity !== derived.popularity ? [`popularity: ${derived.popularity}`] : [];
  const shown = foldText([...derived.report, ...derived.conflict].join(' '));
  const reports = expected.report.filter((report) => !isShown(report, derived, shown)).map((report) => `report: ${report}`);
  const conflicts = expected.conflict.length > 0 && derived.conflict.length === 0 ? [`conflict: ${expected.conflict.join()}`] : [];
  return [...hard, ...ranges, ...soft, ...genres, ...popularity, ...reports, ...conflicts];
}

const folded = (values: readonly unknown[]) => values.map((value) => foldText(String(value))).toSorted();

function isSame(expected: unknown, derived: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(derived)) {
    return folded(expected).join('\n') === folded(derived).join('\n');
  }
  return expected === derived;
}

function isNear(expected: readonly number[] | undefined, derived: readonly number[] | undefined): boolean {
  if (!expected || !derived) return expected === derived;
  const tolerance = 0.05 * Math.max(1, (expected[1] ?? 0) - (expected[0] ?? 0));
  return expected.every((value, at) => Math.abs(value - (derived[at] ?? 0)) <= tolerance);
}

function overlaps(expected: readonly number[], derived: readonly number[] | undefined): boolean {
  if (!derived) return false;
  const [low = 0, high = 1] = derived;
  const shared = Math.min(high, expected[1] ?? 1) - Math.max(low, expected[0] ?? 0);
  const center = (low + high) / 2;
  return shared >= (high - low) / 2 || (center >= (expected[0] ?? 0) && center <= (expected[1] ?? 1));
}

const isRelated = (one: string, other: string) =>
  sameGenres(one).includes(other) ||
  genresAbove(one).includes(other) ||
  genresAbove(other).includes(one) ||
  genresAbove(one).some((parent) => sameGenres(parent).includes(other));

function isShown(report: string, derived: VibeSpec, shown: string): boolean {
  const [kind, value] = report.includes(':') ? report.split(':') : ['', report];
  if (kind === 'vocal_language') return derived.report.includes(report);
  const word = foldText(value ?? '');
  return shown.includes(word) || word.split(' ').some((part) => part.length > 3 && shown.includes(part.slice(0, Math.max(4, part.length - 2))));
}
