import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { rowsInSeason, seasonsOn } from '#shared/domain/catalog/seasons.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { DayRequest, DraftEntry } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import type { Pool } from '#shared/domain/policies/pool.ts';
import { samplePool } from './sample-pool.ts';
import { vibePolicy } from './vibe-policy.ts';
import type { VibeQuestion } from './vibe-policy.ts';
import { RELAXABLE } from './vibe-rules.ts';
import type { Relaxable } from './vibe-rules.ts';

/** Fewer tracks than this are no playlist: soft wishes are relaxed until there are more. */
const TRACKS_MIN = 10;
const LIST_ID = '00000000-0000-0000-0000-000000000000';
/** A list that cannot be filled is tried again with fewer tracks, down to this part at each step. */
const SHORTER = 0.75;
const TRIES_MAX = 8;
/** A song lasts so long on average. */
const AVERAGE_MINUTES = 3.7;

export interface SelectionRequest extends VibeQuestion {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** How well rows go with the seeds; read by the caller, because it needs the network's lists. */
  readonly neighbors?: Neighbors | undefined;
  /** Rows that must not be offered, whatever the spec says. */
  readonly unwanted?: RowSet | undefined;
}

export interface VibeSelection {
  /** In playing order; all are rows of the catalog. */
  readonly entries: readonly DraftEntry[];
  readonly policy: PolicyV2;
  /** What was relaxed, in that order. */
  readonly relaxed: readonly Relaxable[];
  /** Recordings that match all rules. */
  readonly pool: number;
  /** How many tracks were wanted. */
  readonly wanted: number;
  /** Recordings that were left out only because of a value that nobody knows. */
  readonly unknown: number;
  /** Recordings that match all rules and were left out because they are unwanted. */
  readonly unwanted: number;
}

/**
 * Chooses, orders and explains tracks for a spec with the selection of curation: the same caps, separation, sequence and reasons, and no repeat window.
 * Where fewer than ten tracks match, soft fields are relaxed in the order of `RELAXABLE`. Never returns a track that is not in the catalog.
 */
export function selectTracks(request: SelectionRequest): VibeSelection {
  const { catalog, spec } = request;
  const day = dayNumber(request.day);
  const relaxed: Relaxable[] = [];
  let policy = vibePolicy({ ...request, relaxed: new Set(relaxed) });
  let found = poolOf(request, policy, day);
  const needed = Math.min(TRACKS_MIN, policy.size);
  for (const step of RELAXABLE) {
    if (fitting(catalog, found.rows, { policy, most: needed }) >= needed) break;
    if (!isAsked(request, step)) continue;
    relaxed.push(step);
    policy = vibePolicy({ ...request, relaxed: new Set(relaxed) });
    found = poolOf(request, policy, day);
  }
  // Where the hard fields alone leave nothing, dropping soft ones did not help.
  if (found.rows.length === 0) relaxed.length = 0;
  const wanted = policy.size;
  const most = fitting(catalog, found.rows, { policy, most: wanted });
  const entries = most === 0 ? [] : fill(request, { policy, most, pool: found });
  return {
    entries,
    policy,
    relaxed,
    pool: found.rows.length,
    wanted: spec.minutes === undefined ? wanted : entries.length,
    unknown: found.unknownExcluded,
    unwanted: found.unwanted,
  };
}

function poolOf({ catalog, unwanted }: SelectionRequest, policy: PolicyV2, day: number) {
  const pool = evaluatePool(catalog, policy.pool, day);
  const inSeason = policy.seasonal === 'always' ? pool.rows : rowsInSeason(catalog, pool.rows, day);
  const rows = unwanted ? inSeason.filter((row) => !unwanted.has(row)) : inSeason;
  return { ...pool, rows, unwanted: inSeason.length - rows.length };
}

function isAsked({ spec }: VibeQuestion, step: Relaxable): boolean {
  if (step === 'likeness') return spec.seeds !== undefined && spec.genres === undefined;
  if (step === 'years') return spec.years !== undefined || spec.years_any !== undefined;
  return step === 'unknown genres' ? spec.not_genres !== undefined : spec[step] !== undefined;
}

/** How many rows fit on one list under the caps: a choice that is possible, up to `most`. */
function fitting(catalog: Catalog, rows: Int32Array, { policy, most }: { readonly policy: PolicyV2; readonly most: number }): number {
  const artists = new Map<number, number>();
  const albums = new Map<number, number>();
  let count = 0;
  for (const row of rows) {
    const album = catalog.albums[row] ?? 0;
    const own = artistsOf(catalog, row);
    if ((albums.get(album) ?? 0) >= policy.caps.perAlbum || own.some((artist) => (artists.get(artist) ?? 0) >= policy.caps.perArtist)) continue;
    albums.set(album, (albums.get(album) ?? 0) + 1);
    for (const artist of own) artists.set(artist, (artists.get(artist) ?? 0) + 1);
    count += 1;
    if (count >= most) break;
  }
  return count;
}

interface ListToFill {
  readonly policy: PolicyV2;
  readonly most: number;
  readonly pool: Pool;
}

function fill(request: SelectionRequest, { policy, most, pool }: ListToFill): readonly DraftEntry[] {
  const { catalog, day } = request;
  // The pool was read already; under another key it would only be read again.
  const key = policy.seasonal === 'in_season' ? `${LIST_ID} ${seasonsOn(dayNumber(day))}` : LIST_ID;
  const rows = samplePool(pool.rows, request);
  const unchanging = new Map([[key, { pool: { ...pool, rows }, rows: new RowSet(catalog.size, rows), blocks: [], reserves: new Map() }]]);
  let size = Math.min(policy.size, most);
  let { duration } = policy;
  for (let tries = 0; tries < TRIES_MAX && size >= 1; tries++) {
    const { duration: _, ...rest } = policy;
    const [draft] = draftOf(request, { ...rest, size, ...(duration ? { duration } : {}) }, unchanging);
    if (draft && draft.entries.length > 0) return draft.entries;
    // A playing time that the pool cannot have is dropped before tracks are.
    if (duration) [size, duration] = [Math.min(size, Math.max(1, Math.round(duration.minutes / AVERAGE_MINUTES))), undefined];
    else size = size > 1 ? Math.max(1, Math.floor(size * SHORTER)) : 0;
  }
  return [];
}

function draftOf({ catalog, day, neighbors, unwanted }: SelectionRequest, policy: PolicyV2, unchanging: NonNullable<DayRequest['unchanging']>) {
  const list = {
    id: LIST_ID,
    globalIndex: 1,
    themeTag: 'Vibe',
    policyId: LIST_ID,
    policyFamilyId: LIST_ID,
    policy,
    refs: { ...NO_REFS, neighbors, banned: unwanted },
    marks: [],
  };
  return curateDay({ catalog, day, lists: [list], repeatIndex: new RepeatIndex(), unchanging });
}
