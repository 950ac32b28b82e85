import type { Deps } from '#server/deps.ts';
import { listNetworkThemes } from '#server/repos/covers/music-lists.ts';
import type { NetworkTheme } from '#server/repos/covers/music-lists.ts';
import { listTrackIds } from '#server/repos/curation/snapshots-read.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { listPlaylistCovers } from '#server/repos/sync/playlist-covers.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { seriesFor } from '#shared/domain/covers/art/series.ts';
import { analyzeTracks } from '#shared/domain/covers/analysis/analyze-tracks.ts';
import { themeDrift, themeOf } from '#shared/domain/covers/projects/theme-drift.ts';
import type { Theme } from '#shared/domain/covers/projects/theme-drift.ts';
import { AppError } from '#shared/errors.ts';
import pLimit from 'p-limit';
import { describeTracks } from '../music-source/describe-tracks.ts';
import { bareTrack } from '../music-source/music-source.ts';
import { recordAttempt } from '../record-attempt.ts';
import { secondMoodOf } from '../second-mood.ts';
import { confirmSentCovers } from './confirm-sent-covers.ts';
import { makeCover } from './make-cover.ts';
import { setPlaylistCover } from './set-playlist-cover.ts';

/** The drawing threads work one task at a time; encoding and storing overlap with them. */
const COVERS_AT_ONCE = 3;

interface DrawRequest {
  readonly signal: AbortSignal;
  /** Draws this playlist's cover again, whatever its drift, unless a person chose it. */
  readonly playlistIndex?: number | undefined;
}

interface Member extends NetworkTheme {
  readonly analysis: MusicAnalysis;
}

/**
 * Draws the covers of playlists that have none, and of those whose music drifted beyond the set amount from what their cover shows. Covers that a person
 * chose are left alone. Uploads nothing: the next sync carries them. One that cannot be drawn is reported, and the rest continue.
 */
export async function drawCovers(deps: Deps, { signal, playlistIndex }: DrawRequest, report: Report): Promise<Outcome> {
  const { covers: settings } = await readNetworkSettings(deps.db);
  const confirmed = await confirmSentCovers(deps, signal);
  if (!settings.automatic && playlistIndex === undefined) return { outcome: `Drawing covers is switched off. ${confirmed}`.trim() };
  await report({ doing: 'Comparing the music with the covers' });
  const themes = await listNetworkThemes(deps.db);
  const known = new Map((await listPlaylistCovers(deps.db)).map((cover) => [cover.playlistId, cover]));
  const members: Member[] = [];
  for (const theme of themes) {
    signal.throwIfAborted();
    members.push({ ...theme, analysis: await analysisOf(deps, theme, signal) });
  }
  const isDue = ({ id, index, themeTag, analysis }: Member): boolean => {
    const cover = known.get(id);
    if (cover?.source === 'manual') return false;
    if (playlistIndex !== undefined) return index === playlistIndex;
    const before = cover?.facts as unknown as Theme | null | undefined;
    return !before || themeDrift(before, themeOf(analysis.facts, themeTag)) > settings.driftMax;
  };
  const due = members.filter(isDue);
  const places = new Map(
    seriesFor(members.map(({ index, themeTag, analysis }) => ({ index, title: themeTag, music: analysis.facts }))).map((place) => [
      place.index,
      place,
    ]),
  );
  await report({ doing: 'Drawing covers', done: 0, total: due.length });
  let [drawn, failed] = [0, 0];
  await pLimit(COVERS_AT_ONCE).map(due, async ({ id, index, themeTag, analysis }) => {
    signal.throwIfAborted();
    const place = places.get(index);
    if (!place) return;
    try {
      const seed = playlistIndex === undefined ? place.seed : place.seed + 1 + Math.floor(deps.now().getTime() / 1000);
      const facts = { ...themeOf(analysis.facts, themeTag) };
      const work = async () => {
        const member = { place: { ...place, seed }, title: themeTag, facts: analysis.facts, secondMood: secondMoodOf(analysis), signal };
        const jpeg = await makeCover(deps, member);
        const isSet = await setPlaylistCover(deps, { playlistId: id, jpeg, source: 'network', facts, by: 'system' });
        return { isSet, path: `/playlist-covers/${(await deps.assets.write(jpeg)).sha256}/640` };
      };
      const made = await recordAttempt(deps, { userId: null, playlistUrl: null, title: themeTag, analysis, work, pathOf: ({ path }) => path });
      if (made.isSet) drawn += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed += 1;
      deps.log.warn('a cover could not be drawn', { playlistIndex: index, code: error.code, error: error.message });
    }
    await report({ done: drawn + failed, failures: failed });
  });
  return { outcome: [outcomeOf({ drawn, failed, all: members.length }), confirmed].filter((part) => part !== '').join(' ') };
}

async function analysisOf(deps: Deps, { id, day }: NetworkTheme, signal: AbortSignal): Promise<MusicAnalysis> {
  const trackIds = await listTrackIds(deps.db, id, day);
  // The catalog alone: nobody waits for other sources here.
  const { tracks } = await describeTracks({ db: deps.db, featureSources: [] }, trackIds.map(bareTrack), signal);
  return analyzeTracks(tracks);
}

function outcomeOf({ drawn, failed, all }: { drawn: number; failed: number; all: number }): string {
  const covers = `${drawn.toLocaleString('en')} ${drawn === 1 ? 'cover' : 'covers'} drawn for ${all.toLocaleString('en')} playlists`;
  return failed === 0 ? `${covers}.` : `${covers}, ${failed.toLocaleString('en')} failed.`;
}
