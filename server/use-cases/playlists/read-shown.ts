import type { Deps } from '#server/deps.ts';
import { listCopies, listPlanEvidence, listPlanTracks, listRollbacks, listTracksOfDays } from '#server/repos/playlists/shown-evidence.ts';
import type { CopyRow } from '#server/repos/playlists/shown-evidence.ts';
import type { ShownList } from '#shared/contracts/playlists/shown-list.ts';
import { copyStateAt } from '#shared/domain/playlists/copy-state.ts';
import type { CopyState } from '#shared/domain/playlists/copy-state.ts';
import { seenOrder } from '#shared/domain/playlists/list-edits.ts';
import { answerShown, comparedDays } from '#shared/domain/playlists/shown-list.ts';
import type { ShownTracks, WantedDay } from '#shared/domain/playlists/shown-list.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { PlaylistId } from '#shared/ids.ts';

/** By day, what Spotify shows of every playlist that has or had a place on an account. */
export type ShownByDay = ReadonlyMap<string, ReadonlyMap<PlaylistId, ShownList>>;

interface Asked {
  readonly days: readonly string[];
  /** All playlists when omitted. */
  readonly playlistId?: PlaylistId;
}

/** The copies of one playlist on one day. */
interface Group {
  readonly playlistId: PlaylistId;
  readonly wanted: WantedDay;
  readonly copies: readonly (CopyRow & { readonly state: CopyState })[];
}

/**
 * What Spotify shows of playlists on days, and since when that is known: at the end of each day, or now for today. It follows from the receipts, from
 * what was read while planning and from the last read alone, so a plan or a rollback that is not applied changes nothing. The wall, the pages, the
 * history and the certificates all use this answer. Five queries at most, however many playlists and days.
 */
export async function readShown(deps: Pick<Deps, 'db' | 'now'>, { days, playlistId }: Asked): Promise<ShownByDay> {
  const now = deps.now();
  const latest = days.reduce((last, day) => (day > last ? day : last), '');
  const evidence = { until: instantOn(latest, now), isAll: days.length > 1 };
  const [copies, plans, rollbacks] = await Promise.all([
    listCopies(deps.db, playlistId),
    listPlanEvidence(deps.db, playlistId === undefined ? evidence : { ...evidence, playlistId }),
    listRollbacks(deps.db, playlistId),
  ]);
  const plansOf = groupBy(plans, ({ replicaId }) => replicaId);
  const rollbackOf = new Map(rollbacks.map((row) => [keyOf(row), row]));
  const byPlaylist = groupBy(copies, (copy) => copy.playlistId);
  const groups = days.flatMap((day) =>
    [...byPlaylist].map(([id, own]): Group => {
      const at = { until: instantOn(day, now).toISOString(), isNow: day >= dayOf(now) };
      const wanted = { day, listDay: rollbackOf.get(keyOf({ playlistId: id, day }))?.shows ?? day };
      return { playlistId: id, wanted, copies: own.map((copy) => ({ ...copy, state: copyStateAt(copy, plansOf.get(copy.replicaId) ?? [], at) })) };
    }),
  );
  const tracksOf = await readTracks(deps, groups);
  const answers = new Map<string, Map<PlaylistId, ShownList>>(days.map((day) => [day, new Map()]));
  for (const group of groups) {
    const rollback = (day: string) => rollbackOf.get(keyOf({ playlistId: group.playlistId, day }));
    const answer = answerShown(group.copies, { wanted: group.wanted, tracks: tracksOf(group.playlistId), rollback });
    if (answer) answers.get(group.wanted.day)?.set(group.playlistId, answer);
  }
  return answers;
}

/** Reads tracks only for copies that were edited, or that show an older list than the day's. */
async function readTracks({ db }: Pick<Deps, 'db'>, groups: readonly Group[]): Promise<(playlistId: PlaylistId) => ShownTracks> {
  const asked = groups.flatMap(({ playlistId, wanted, copies }) =>
    copies.flatMap(({ state }) => comparedDays(state, wanted).map((day) => ({ playlistId, day }))),
  );
  const distinct = new Map(asked.map((one) => [keyOf(one), one]));
  const planIds = new Set(groups.flatMap(({ copies }) => copies.flatMap(({ state }) => state.content?.planId ?? [])));
  const [lists, plans] = await Promise.all([listTracksOfDays(db, [...distinct.values()]), listPlanTracks(db, [...planIds])]);
  const listOf = new Map(lists.map((one) => [keyOf(one), one.trackIds.map((id) => `spotify:track:${id}`)]));
  const plan: ShownTracks['plan'] = ({ planId, side }) => {
    const sides = plans.get(planId);
    return side === 'wanted' ? (sides?.wanted ?? []) : seenOrder(sides?.diff ?? []);
  };
  return (playlistId) => ({ plan, list: (day) => listOf.get(keyOf({ playlistId, day })) ?? [] });
}

/** The end of a past day, else now. */
function instantOn(day: string, now: Date): Date {
  return day < dayOf(now) ? new Date(`${day}T23:59:59.999Z`) : now;
}

function groupBy<K, T>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

const keyOf = ({ playlistId, day }: { readonly playlistId: PlaylistId; readonly day: string }): string => `${playlistId} ${day}`;
