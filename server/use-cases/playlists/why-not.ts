import type { Deps } from '#server/deps.ts';
import { findCurationRow } from '#server/repos/catalog/curation-rows.ts';
import type { CurationRow } from '#server/repos/catalog/curation-rows.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { findRecordingRefs, listRecordingsOnAlbums } from '#server/repos/catalog/recording-refs.ts';
import { readStoredPolicy } from '#server/repos/policies/stored-policy.ts';
import {
  compareWithList,
  findDaysAround,
  findEntryOfDay,
  findGroupClaim,
  findLastDayInList,
  findKnownSince,
  findPreviousListDay,
  findMarkOfDay,
  findBlockingPlacement,
  findSnapshotOfDay,
  findMergedRecording,
  listRecordingFamily,
} from '#server/repos/curation/why-facts.ts';
import type { SnapshotOfDay, WhyQuestion } from '#server/repos/curation/why-facts.ts';
import type { WhyNotInput } from '#shared/contracts/playlists/network.ts';
import type { Policy, RecordingRef } from '#shared/contracts/policies/policy.ts';
import type { WhyNotView } from '#shared/contracts/curation/why-not.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { daySeed, scoreRows } from '#shared/domain/curation/scoring.ts';
import type { WhyFacts } from '#shared/domain/curation/explanations/why-facts.ts';
import { explainPlacement } from '#shared/domain/curation/explanations/why-steps.ts';
import { listDayOn } from '#shared/domain/playlists/shown-list.ts';
import { AppError } from '#shared/errors.ts';
import { readShown } from './read-shown.ts';
import { recordingAsOf } from './recording-as-of.ts';

type WhyDeps = Pick<Deps, 'db' | 'now'>;

/**
 * Why a recording is, or is not, in a playlist on a day: every rule of that day's policy checked against the data known when the list was made, pins
 * and bans, repeat window, exclusivity groups and ranking. Uses stored facts only, read by keys. A merged recording is answered as the one it was
 * merged into. Throws `not_found`.
 */
export async function whyNot(deps: WhyDeps, input: WhyNotInput): Promise<WhyNotView> {
  const [playlist, recordingId] = await Promise.all([findPlaylistByIndex(deps.db, input.index), findMergedRecording(deps.db, input.recordingId)]);
  const row = recordingId === undefined ? undefined : await findCurationRow(deps.db, recordingId);
  if (!playlist || !row)
    throw new AppError('not_found', { message: 'This playlist or recording does not exist.', remedy: 'Search for the track again.' });
  const recordingIds = await listRecordingFamily(deps.db, row.recordingId);
  const question = { playlistId: playlist.id, recordingIds, day: input.day };
  return { title: row.title, artists: row.artistNames, ...explainPlacement(await gather(deps, playlist, { question, row })) };
}

async function gather(deps: WhyDeps, playlist: CuratedPlaylist, { question, row }: { question: WhyQuestion; row: CurationRow }): Promise<WhyFacts> {
  const { db } = deps;
  const [snapshot, since] = await Promise.all([findSnapshotOfDay(db, playlist.id, question.day), findKnownSince(db, row.recordingId)]);
  const { firstDay, policy, familyId } = await rulesOfDay(deps, playlist, { question, snapshot });
  const scope = restScopeKey(policy, { playlistId: playlist.id, policyFamilyId: familyId });
  const [entry, blocking, mark, groupClaim, lastHere, listBefore, list, pinAndBan, shownInstead] = await Promise.all([
    findEntryOfDay(db, question),
    findBlockingPlacement(db, question, scope),
    findMarkOfDay(db, question),
    findGroupClaim(db, question, groupsOf(policy)),
    findLastDayInList(db, question),
    findPreviousListDay(db, playlist.id, question.day),
    compareWithList(db, question),
    findPinAndBan(db, policy, row),
    findShownInstead(deps, question),
  ]);
  const { catalog, later, importedOn: cameOn } = recordingAsOf(row, since, snapshot?.createdAt ?? endOfDay(deps.now(), question.day));
  const context = { day: dayNumber(question.day), daySeed: daySeed(policy.seed, question.day, scope) };
  return {
    day: question.day,
    themeTag: playlist.themeTag,
    firstDay,
    policy,
    catalog,
    later,
    importedOn: cameOn,
    score: scoreRows(catalog, Int32Array.of(0), { policy, context })[0] ?? 0,
    entry,
    snapshot: snapshot && { status: snapshot.status, report: snapshot.report },
    mark,
    ...pinAndBan,
    blocking,
    groupClaim,
    hasLeft: policy.turnover < 1 && entry === undefined && snapshot !== undefined && lastHere !== null && lastHere === listBefore,
    list,
    shownInstead,
  };
}

/** The policy that the day's list was made with. For a day without a list: that of the list before it, or today's for a day that is not over. */
async function rulesOfDay(
  deps: WhyDeps,
  playlist: CuratedPlaylist,
  { question, snapshot }: { question: WhyQuestion; snapshot: SnapshotOfDay | undefined },
): Promise<{ firstDay: string | null; policy: Policy; familyId: string }> {
  if (snapshot) return { firstDay: null, policy: readStoredPolicy(snapshot.policyBody), familyId: snapshot.policyFamilyId };
  const { firstDay, rulesBefore } = await findDaysAround(deps.db, playlist.id, question.day);
  const now = deps.now();
  const isOver = endOfDay(now, question.day) < now;
  const rules = isOver ? rulesBefore : null;
  const policy = rules ? readStoredPolicy(rules.policyBody) : playlist.policy;
  return { firstDay, policy, familyId: rules?.policyFamilyId ?? playlist.policyFamilyId };
}

/** The end of a past day, else now. */
function endOfDay(now: Date, day: string): Date {
  const end = new Date(`${day}T23:59:59.999Z`);
  return end < now ? end : now;
}

async function findShownInstead(deps: WhyDeps, { day, ...question }: WhyQuestion): Promise<WhyFacts['shownInstead']> {
  const shown = (await readShown(deps, { days: [day], playlistId: question.playlistId })).get(day)?.get(question.playlistId);
  const listDay = listDayOn(day, shown);
  if (listDay === day) return null;
  return { day: listDay, isThere: (await findEntryOfDay(deps.db, { ...question, day: listDay })) !== undefined };
}

/** Whether the policy pins the recording, and whether it bans it as a recording, artist or album. */
async function findPinAndBan(db: Deps['db'], { pins, bans }: Policy, row: CurationRow): Promise<Pick<WhyFacts, 'bannedAs' | 'isPinned'>> {
  const pinned = await refersTo(
    db,
    pins.map((pin) => pin.recording),
    row.recordingId,
  );
  if (await refersTo(db, bans.recordings, row.recordingId)) return { bannedAs: 'recording', isPinned: pinned };
  if (bans.artists.some((artist) => row.artistIds.includes(artist))) return { bannedAs: 'artist', isPinned: pinned };
  const onAlbums = await listRecordingsOnAlbums(db, bans.albums);
  const isOnAlbum = bans.albums.includes(row.albumId) || [...onAlbums.values()].some((ids) => ids.includes(row.recordingId));
  return { bannedAs: isOnAlbum ? 'album' : null, isPinned: pinned };
}

async function refersTo(db: Deps['db'], refs: readonly RecordingRef[], recordingId: number): Promise<boolean> {
  if (refs.length === 0) return false;
  const matches = await findRecordingRefs(db, {
    ids: refs.flatMap((ref) => ('recordingId' in ref ? [ref.recordingId] : [])),
    isrcs: refs.flatMap((ref) => ('isrc' in ref ? [ref.isrc] : [])),
    trackIds: refs.flatMap((ref) => ('trackId' in ref ? [ref.trackId] : [])),
  });
  return [...matches.byId.values(), ...matches.byIsrc.values(), ...matches.byTrack.values()].includes(recordingId);
}
