import { policyV2 } from '#shared/contracts/policies/policy.ts';
import { restrictCatalog } from '#shared/domain/catalog/restrict-catalog.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { atCloseness } from '#shared/domain/discovery/matchers/closeness.ts';
import type { Closeness } from '#shared/domain/discovery/matchers/closeness.ts';
import { FUSION_WEIGHTS } from '#shared/domain/discovery/matchers/fusion-weights.ts';
import { fuseRankings } from '#shared/domain/discovery/matchers/hybrid.ts';
import type { MatchContext, MatchQuestion, MatchRanking } from '#shared/domain/discovery/matchers/matcher.ts';
import type { MatchReason } from '#shared/domain/discovery/matchers/reasons.ts';
import { DEFAULT_MATCHER, MATCHERS, SOURCE_MATCHERS } from '#shared/domain/discovery/matchers/registry.ts';

/** What a list from seeds should be like. */
export interface SeedListOptions {
  readonly size: number;
  readonly closeness: Closeness;
  /** The id of a matcher of the registry; the default one is all sources together. */
  readonly matcher?: string;
  /** Another number gives another list. */
  readonly shuffle?: number;
  readonly perArtist: number;
  readonly perAlbum: number;
  /** Tracks by one artist are at least so many places apart. */
  readonly separation: number;
  /** `YYYY-MM-DD`; with the seeds it decides the lots. */
  readonly day: string;
}

/** A track of the list and why it is there. */
export interface SeedListEntry {
  readonly row: number;
  readonly reason: MatchReason;
}

export interface SeedListDraft {
  /** In playing order; empty when the caps leave too few. */
  readonly entries: readonly SeedListEntry[];
  readonly candidates: number;
  /** Whether candidates of every closeness were needed. */
  readonly isWidened: boolean;
  /** Why there is no list, and what would help. */
  readonly shortfall: readonly string[];
}

/** Candidates of each source, and of all together by place of the list. */
const PER_SOURCE = 1_000;
const PER_PLACE = 12;
const CANDIDATES_MIN = 400;
/** In nats: how much more likely the first candidate is than one with a tenth of its score. */
const LIFT = 2;

/**
 * A list of what goes with seeds: each source's candidates at the closeness, fused, then chosen, capped, separated and ordered as any list of a policy.
 * Where these do not fill the list within its caps, candidates of every closeness are used, and the draft says so.
 * Deterministic: the same seeds, catalog, lists and day give the same list.
 */
export function draftSeedList(context: MatchContext, question: Omit<MatchQuestion, 'limit'>, options: SeedListOptions): SeedListDraft {
  const sources =
    options.matcher === undefined || options.matcher === DEFAULT_MATCHER.id ? SOURCE_MATCHERS : MATCHERS.filter(({ id }) => id === options.matcher);
  const rankings = sources.map((source) => ({ id: source.id, ranking: source.match(context, { ...question, limit: PER_SOURCE }) }));
  const near = new Map(rankings.map(({ id, ranking }) => [id, atCloseness(ranking, options.closeness, 2 * options.size)]));
  const wanted = Math.max(CANDIDATES_MIN, PER_PLACE * options.size);
  const draft = draftFrom(context, fuseRankings(near, FUSION_WEIGHTS, { ...question, limit: wanted }), { question, options });
  if (draft.entries.length > 0) return draft;
  const all = new Map(rankings.map(({ id, ranking }) => [id, ranking]));
  const widened = draftFrom(context, fuseRankings(all, FUSION_WEIGHTS, { ...question, limit: PER_SOURCE * rankings.length }), { question, options });
  return { ...widened, isWidened: widened.entries.length > 0 };
}

interface Wanted {
  readonly question: Omit<MatchQuestion, 'limit'>;
  readonly options: SeedListOptions;
}

function draftFrom(context: MatchContext, fused: MatchRanking, { question, options }: Wanted): SeedListDraft {
  if (fused.rows.length < options.size) {
    return { entries: [], candidates: fused.rows.length, isWidened: false, shortfall: [tooFew(fused.rows.length, options)] };
  }
  const rows = fused.rows.toSorted();
  const placeOf = new Map(Array.from(fused.rows, (row, place) => [row, place]));
  const best = fused.scores[0] ?? 1;
  const part = restrictCatalog(context.catalog, rows);
  const neighbors = {
    lifts: Float32Array.from(rows, (row) => LIFT * Math.log10((fused.scores[placeOf.get(row) ?? 0] ?? 0) / best)),
    links: new Uint8Array(rows.length),
    examples: new Int32Array(rows.length).fill(-1),
    together: new Uint16Array(rows.length),
    seeds: new Int32Array(0),
  };
  const [draft] = curateDay({
    catalog: part.catalog,
    day: options.day,
    lists: [{ ...LIST, policy: policyFor(question, options), refs: { pins: [], banned: undefined, unknown: [], neighbors } }],
    repeatIndex: new RepeatIndex(),
  });
  const entries = (draft?.entries ?? []).flatMap(({ row }): SeedListEntry[] => {
    const own = rows[row] ?? -1;
    const reason = fused.reasonOf(placeOf.get(own) ?? -1);
    return reason ? [{ row: own, reason }] : [];
  });
  return { entries, candidates: rows.length, isWidened: false, shortfall: draft?.status === 'published' ? [] : (draft?.report.shortfall ?? []) };
}

const LIST = { id: 'seeds', globalIndex: 1, themeTag: '', policyId: 'seeds', policyFamilyId: 'seeds', marks: [] };

function policyFor({ seeds }: Omit<MatchQuestion, 'limit'>, { size, perArtist, perAlbum, separation, day, shuffle = 0 }: SeedListOptions) {
  return policyV2.parse({
    version: 2,
    pool: { all: [] },
    size,
    caps: { perArtist, perAlbum },
    separation: { artist: separation },
    rest: { days: 0, scope: 'playlist' },
    seasonal: 'always',
    seed: `${shuffle === 0 ? '' : `${shuffle} `}${day} ${seeds.map(({ rows }) => rows[0] ?? -1).join(' ')}`.slice(0, 64),
  });
}

function tooFew(count: number, { size }: SeedListOptions): string {
  return `Only ${count.toLocaleString('en')} of ${size.toLocaleString('en')} tracks go with the seeds. Ask for fewer tracks, or add seeds.`;
}
