import type { ShownStatus } from '#shared/contracts/playlists/shown-list.ts';

/** What a stored sync plan tells about one account's copy of a playlist. Instants are ISO 8601 in UTC. */
export interface PlanEvidence {
  readonly id: string;
  readonly day: string;
  /** The earlier day whose list it shows again. */
  readonly shows: string | null;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly appliedAt: string | null;
  /** When its first write may have been sent; null when none was. */
  readonly wroteAt: string | null;
  /** Identifies what Spotify showed when it was planned; null when the playlist did not exist. */
  readonly seen: string | null;
  /** Identifies what it leaves. */
  readonly wanted: string;
  /** The same as read back; differs where Spotify hides a track. */
  readonly readBack: string | null;
  /** Number of tracks by which it leaves the day's list edited, as it was edited on Spotify. */
  readonly edits: number;
}

/** What is stored about the copy itself. */
export interface CopyEvidence {
  readonly spotifyPlaylistId: string | null;
  /** The last read; after a write it repeats the write's read-back. */
  readonly lastRead: { readonly at: string; readonly day: string; readonly shows: string | null; readonly fingerprint: string | null } | null;
  readonly missingSince: string | null;
  readonly retiredAt: string | null;
}

/** What an account shows, and where its tracks are stored: the list of `listDay`, or one side of a plan. */
export interface CopyState {
  readonly status: ShownStatus;
  readonly day: string | null;
  readonly listDay: string | null;
  readonly since: string | null;
  readonly readAt: string | null;
  readonly unconfirmedSince: string | null;
  readonly content: { readonly planId: string; readonly side: 'seen' | 'wanted' } | null;
  /** Identify what is shown; two where Spotify hides a track. */
  readonly fingerprints: readonly string[];
  readonly plannedBy: string | null;
}

const NOWHERE: CopyState = {
  status: 'nowhere',
  day: null,
  listDay: null,
  since: null,
  readAt: null,
  unconfirmedSince: null,
  content: null,
  fingerprints: [],
  plannedBy: null,
};

interface Event {
  readonly at: string;
  readonly next: (state: CopyState) => CopyState;
}

/**
 * What an account showed at an instant (`until`, inclusive), from its plans in the order in which they were made and the last read. A plan is
 * evidence twice: of what Spotify showed when it was made, and of what its read-back found.
 *
 * States: nowhere → shown (written, or found to match) → shown differently (read, or written) → deleted | unknown. A write without a receipt leaves
 * the state unconfirmed until the next read.
 */
export function copyStateAt(copy: CopyEvidence, plans: readonly PlanEvidence[], { until, isNow }: { until: string; isNow: boolean }): CopyState {
  if (isNow && copy.spotifyPlaylistId === null && copy.retiredAt === null) return NOWHERE;
  const lastWritten = plans.findLastIndex(({ appliedAt }) => appliedAt !== null && appliedAt <= until);
  const lastWrite = plans[lastWritten]?.appliedAt ?? '';
  // What was before the last write has no effect any more.
  const events: Event[] = plans.slice(Math.max(0, lastWritten)).flatMap((plan) => planEvents(plan, until));
  const { lastRead, missingSince, retiredAt } = copy;
  if (lastRead !== null && lastRead.at > lastWrite) events.push({ at: lastRead.at, next: (state) => matched(state, lastRead) });
  if (missingSince !== null) events.push({ at: missingSince, next: (state) => ({ ...state, status: 'deleted', since: missingSince }) });
  if (retiredAt !== null) events.push({ at: retiredAt, next: (state) => retired(state, retiredAt) });
  return events
    .filter(({ at }) => at <= until)
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .reduce((state, { next }) => next(state), NOWHERE);
}

function planEvents(plan: PlanEvidence, until: string): Event[] {
  const { seen, plannedAt, wroteAt, appliedAt } = plan;
  const isApplied = appliedAt !== null && appliedAt <= until;
  return [
    ...(seen === null ? [] : [{ at: plannedAt, next: (state: CopyState) => found(state, plan, seen) }]),
    ...(isApplied || wroteAt === null ? [] : [{ at: wroteAt, next: (state: CopyState) => ({ ...state, unconfirmedSince: wroteAt }) }]),
    ...(isApplied ? [{ at: appliedAt, next: () => written(plan, appliedAt) }] : []),
  ];
}

function found(state: CopyState, plan: PlanEvidence, seen: string): CopyState {
  // Without a receipt nobody knows which list it is.
  if (state.status !== 'shown') return state;
  const read = { ...state, readAt: plan.plannedAt, unconfirmedSince: null };
  if (state.fingerprints.includes(seen)) return read;
  return { ...read, since: plan.plannedAt, content: { planId: plan.id, side: 'seen' }, fingerprints: [seen] };
}

function written(plan: PlanEvidence, at: string): CopyState {
  return {
    status: 'shown',
    day: plan.day,
    listDay: plan.shows ?? plan.day,
    // A plan without writes accepts what it saw.
    since: plan.seen === plan.wanted ? plan.plannedAt : at,
    readAt: at,
    unconfirmedSince: null,
    content: plan.edits > 0 ? { planId: plan.id, side: 'wanted' } : null,
    fingerprints: [plan.wanted, ...(plan.readBack === null || plan.readBack === plan.wanted ? [] : [plan.readBack])],
    plannedBy: plan.plannedBy,
  };
}

/** A read that found nothing to change: Spotify shows what was known, or else the list of the day that it was read for. */
function matched(state: CopyState, { at, day, shows, fingerprint }: NonNullable<CopyEvidence['lastRead']>): CopyState {
  if (state.status === 'shown' && fingerprint !== null && state.fingerprints.includes(fingerprint)) {
    return { ...state, readAt: at, unconfirmedSince: null };
  }
  return {
    ...NOWHERE,
    status: 'shown',
    day,
    listDay: shows ?? day,
    since: at,
    readAt: at,
    fingerprints: fingerprint === null ? [] : [fingerprint],
    plannedBy: state.plannedBy,
  };
}

function retired(state: CopyState, at: string): CopyState {
  return state.status === 'nowhere' ? state : { ...state, status: 'unknown', since: at };
}
