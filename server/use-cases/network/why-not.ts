import type { Deps } from '#server/deps.ts';
import { findCurationRow } from '#server/repos/curation-rows.ts';
import type { CurationRow } from '#server/repos/curation-rows.ts';
import { listStaysAround } from '#server/repos/ledger.ts';
import { findPlaylistByIndex } from '#server/repos/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/playlists.ts';
import { findRecordingRefs, listRecordingsOnAlbums } from '#server/repos/recording-refs.ts';
import { readStoredPolicy } from '#server/repos/stored-policy.ts';
import {
  compareWithList,
  findEntryOfDay,
  findGroupClaim,
  findLastDayHere,
  findListBefore,
  findMarkOfDay,
  findSnapshotOfDay,
  findStandingRecording,
} from '#server/repos/why-facts.ts';
import type { SnapshotOfDay, WhyQuestion } from '#server/repos/why-facts.ts';
import type { WhyNotInput } from '#shared/contracts/network.ts';
import type { PolicyV1, RecordingRef } from '#shared/contracts/policy.ts';
import type { WhyNotView } from '#shared/contracts/views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { createCatalogueBuilder } from '#shared/domain/catalogue-builder.ts';
import type { Catalogue } from '#shared/domain/catalogue-columns.ts';
import { groupsOf } from '#shared/domain/exclusivity.ts';
import { restScopeKey } from '#shared/domain/rest-scope.ts';
import { daySeed, scoreRows } from '#shared/domain/scoring.ts';
import { explainPlace } from '#shared/domain/why-steps.ts';
import type { WhyFacts } from '#shared/domain/why-steps.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Why a recording is, or is not, in a playlist on a day: every rule of that day's policy, marks, rest, groups and how it compared. From stored facts
 * only, read by keys. A merged recording answers as the one it became. Throws `not_found`.
 */
export async function whyNot(deps: Pick<Deps, 'db'>, input: WhyNotInput): Promise<WhyNotView> {
  const [playlist, recordingId] = await Promise.all([findPlaylistByIndex(deps.db, input.index), findStandingRecording(deps.db, input.recordingId)]);
  const row = recordingId === undefined ? undefined : await findCurationRow(deps.db, recordingId);
  if (!playlist || !row)
    throw new AppError('not_found', { message: 'There is no such playlist or recording.', remedy: 'Search for the track again.' });
  const recordingIds = [...new Set([row.recordingId, input.recordingId])];
  const asked = { playlistId: playlist.id, recordingIds, day: input.day };
  return { title: row.title, artists: row.artistNames, ...explainPlace(await gather(deps, playlist, { asked, row })) };
}

async function gather(
  deps: Pick<Deps, 'db'>,
  playlist: CuratedPlaylist,
  { asked, row }: { asked: WhyQuestion; row: CurationRow },
): Promise<WhyFacts> {
  const { db } = deps;
  const snapshot = await findSnapshotOfDay(db, playlist.id, asked.day);
  const policy = snapshot ? readStoredPolicy(snapshot.policyBody) : playlist.policy;
  const scope = restScopeKey(policy, { playlistId: playlist.id, policyFamilyId: snapshot?.policyFamilyId ?? playlist.policyFamilyId });
  const [entry, stays, mark, groupClaim, lastHere, listBefore, list, named] = await Promise.all([
    findEntryOfDay(db, asked),
    listStaysAround(db, scope, { recordingId: row.recordingId, day: asked.day, restDays: Math.max(1, policy.rest.days) }),
    findMarkOfDay(db, asked),
    findGroupClaim(db, asked, groupsOf(policy)),
    findLastDayHere(db, asked),
    findListBefore(db, playlist.id, asked.day),
    compareWithList(db, asked),
    findNamed(db, policy, row),
  ]);
  const catalogue = alone(row);
  const context = { day: dayNumber(asked.day), daySeed: daySeed(policy.seed, asked.day, scope) };
  return {
    day: asked.day,
    themeTag: playlist.themeTag,
    policy,
    catalogue,
    score: scoreRows(catalogue, Int32Array.of(0), { policy, context })[0] ?? 0,
    entry,
    snapshot: snapshot && toSnapshot(snapshot),
    mark,
    ...named,
    blocking: stays.find((stay) => stay.playlistId !== playlist.id || stay.firstDay !== asked.day),
    groupClaim,
    hasLeft: policy.turnover < 1 && entry === undefined && snapshot !== undefined && lastHere !== null && lastHere === listBefore,
    list,
  };
}

function toSnapshot({ status, report }: SnapshotOfDay): WhyFacts['snapshot'] {
  return { status, report };
}

function alone(row: CurationRow): Catalogue {
  const builder = createCatalogueBuilder(1, { texts: true });
  builder.add(row);
  return builder.build();
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
