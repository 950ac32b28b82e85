import type { Deps } from '#server/deps.ts';
import { findCurationRow } from '#server/repos/catalog/curation-rows.ts';
import type { CurationRow } from '#server/repos/catalog/curation-rows.ts';
import { findListOverride } from '#server/repos/curation/list-overrides.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { findRecordingRefs, listRecordingsOnAlbums } from '#server/repos/catalog/recording-refs.ts';
import { readStoredPolicy } from '#server/repos/policies/stored-policy.ts';
import {
  compareWithList,
  findDaysAround,
  findEntryOfDay,
  findGroupClaim,
  findLastDayHere,
  findLearntSince,
  findListBefore,
  findMarkOfDay,
  findRestingStay,
  findSnapshotOfDay,
  findStandingRecording,
} from '#server/repos/curation/why-facts.ts';
import type { SnapshotOfDay, WhyQuestion } from '#server/repos/curation/why-facts.ts';
import type { WhyNotInput } from '#shared/contracts/playlists/network.ts';
import type { PolicyV1, RecordingRef } from '#shared/contracts/policies/policy.ts';
import type { WhyNotView } from '#shared/contracts/views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { daySeed, scoreRows } from '#shared/domain/curation/scoring.ts';
import type { WhyFacts } from '#shared/domain/curation/explanations/why-facts.ts';
import { explainPlace } from '#shared/domain/curation/explanations/why-steps.ts';
import { AppError } from '#shared/errors.ts';
import { recordingOfDay } from './recording-of-day.ts';

type WhyDeps = Pick<Deps, 'db' | 'now'>;

/**
 * Why a recording is, or is not, in a playlist on a day: every rule of that day's policy held against what was known of it when the list was
 * made, marks, rest, groups and how it compared. From stored facts only, read by keys. A merged recording answers as the one it became.
 * Throws `not_found`.
 */
export async function whyNot(deps: WhyDeps, input: WhyNotInput): Promise<WhyNotView> {
  const [playlist, recordingId] = await Promise.all([findPlaylistByIndex(deps.db, input.index), findStandingRecording(deps.db, input.recordingId)]);
  const row = recordingId === undefined ? undefined : await findCurationRow(deps.db, recordingId);
  if (!playlist || !row)
    throw new AppError('not_found', { message: 'There is no such playlist or recording.', remedy: 'Search for the track again.' });
  const recordingIds = [...new Set([row.recordingId, input.recordingId])];
  const asked = { playlistId: playlist.id, recordingIds, day: input.day };
  return { title: row.title, artists: row.artistNames, ...explainPlace(await gather(deps, playlist, { asked, row })) };
}

async function gather(deps: WhyDeps, playlist: CuratedPlaylist, { asked, row }: { asked: WhyQuestion; row: CurationRow }): Promise<WhyFacts> {
  const { db } = deps;
  const [snapshot, since] = await Promise.all([findSnapshotOfDay(db, playlist.id, asked.day), findLearntSince(db, row.recordingId)]);
  const { firstDay, policy, familyId } = await rulesOfDay(deps, playlist, { asked, snapshot });
  const scope = restScopeKey(policy, { playlistId: playlist.id, policyFamilyId: familyId });
  const [entry, blocking, mark, groupClaim, lastHere, listBefore, list, named, shownInstead] = await Promise.all([
    findEntryOfDay(db, asked),
    findRestingStay(db, asked, scope),
    findMarkOfDay(db, asked),
    findGroupClaim(db, asked, groupsOf(policy)),
    findLastDayHere(db, asked),
    findListBefore(db, playlist.id, asked.day),
    compareWithList(db, asked),
    findNamed(db, policy, row),
    findShownInstead(db, asked),
  ]);
  const { catalogue, later, cameOn } = recordingOfDay(row, since, snapshot?.createdAt ?? endOfDay(deps.now(), asked.day));
  const context = { day: dayNumber(asked.day), daySeed: daySeed(policy.seed, asked.day, scope) };
  return {
    day: asked.day,
    themeTag: playlist.themeTag,
    firstDay,
    policy,
    catalogue,
    later,
    cameOn,
    score: scoreRows(catalogue, Int32Array.of(0), { policy, context })[0] ?? 0,
    entry,
    snapshot: snapshot && { status: snapshot.status, report: snapshot.report },
    mark,
    ...named,
    blocking,
    groupClaim,
    hasLeft: policy.turnover < 1 && entry === undefined && snapshot !== undefined && lastHere !== null && lastHere === listBefore,
    list,
    shownInstead,
  };
}

/** The rules the day's list was made under; of a day without one the rules of the list before it, and of a day to come today's. */
async function rulesOfDay(
  deps: WhyDeps,
  playlist: CuratedPlaylist,
  { asked, snapshot }: { asked: WhyQuestion; snapshot: SnapshotOfDay | undefined },
): Promise<{ firstDay: string | null; policy: PolicyV1; familyId: string }> {
  if (snapshot) return { firstDay: null, policy: readStoredPolicy(snapshot.policyBody), familyId: snapshot.policyFamilyId };
  const { firstDay, rulesBefore } = await findDaysAround(deps.db, playlist.id, asked.day);
  const now = deps.now();
  const isOver = endOfDay(now, asked.day) < now;
  const rules = isOver ? rulesBefore : null;
  const policy = rules ? readStoredPolicy(rules.policyBody) : playlist.policy;
  return { firstDay, policy, familyId: rules?.policyFamilyId ?? playlist.policyFamilyId };
}

/** The last moment of a day that is over, else now: what was known by then. */
function endOfDay(now: Date, day: string): Date {
  const end = new Date(`${day}T23:59:59.999Z`);
  return end < now ? end : now;
}

async function findShownInstead(db: Deps['db'], asked: WhyQuestion): Promise<WhyFacts['shownInstead']> {
  const override = await findListOverride(db, asked.playlistId, asked.day);
  if (!override) return null;
  const isThere = (await findEntryOfDay(db, { ...asked, day: override.showsBatchTag })) !== undefined;
  return { day: override.showsBatchTag, isThere };
}

/** Whether the policy pins the recording or bans it, and as what. */
async function findNamed(db: Deps['db'], { pins, bans }: PolicyV1, row: CurationRow): Promise<Pick<WhyFacts, 'bannedAs' | 'isPinned'>> {
  const pinned = await names(
    db,
    pins.map((pin) => pin.recording),
    row.recordingId,
  );
  if (await names(db, bans.recordings, row.recordingId)) return { bannedAs: 'recording', isPinned: pinned };
  if (bans.artists.some((artist) => row.artistIds.includes(artist))) return { bannedAs: 'artist', isPinned: pinned };
  const onAlbums = await listRecordingsOnAlbums(db, bans.albums);
  const isOnAlbum = bans.albums.includes(row.albumId) || [...onAlbums.values()].some((ids) => ids.includes(row.recordingId));
  return { bannedAs: isOnAlbum ? 'album' : null, isPinned: pinned };
}

async function names(db: Deps['db'], refs: readonly RecordingRef[], recordingId: number): Promise<boolean> {
  if (refs.length === 0) return false;
  const found = await findRecordingRefs(db, {
    ids: refs.flatMap((ref) => ('recordingId' in ref ? [ref.recordingId] : [])),
    isrcs: refs.flatMap((ref) => ('isrc' in ref ? [ref.isrc] : [])),
    trackIds: refs.flatMap((ref) => ('trackId' in ref ? [ref.trackId] : [])),
  });
  return [...found.byId.values(), ...found.byIsrc.values(), ...found.byTrack.values()].includes(recordingId);
}
