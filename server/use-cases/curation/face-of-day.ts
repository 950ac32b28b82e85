import type { Settings } from '#server/deps.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { playlistDescription, playlistName } from '#shared/domain/sync/naming.ts';

/** Title and description of a playlist's list on a day, as sync will write them but for the mark by which an account's copy is found. */
export function faceOfDay(
  settings: Pick<Settings, 'playlistNameTemplate'>,
  { playlist, day, size }: { playlist: CuratedPlaylist; day: string; size: number },
): { name: string; description: string } {
  const { themeTag, globalIndex, blurb, policy } = playlist;
  return {
    name: playlistName(settings.playlistNameTemplate, { themeTag, globalIndex, day }),
    description: playlistDescription({ size, restDays: policy.rest.days, rules: blurb ? [blurb] : [], marker: '' }),
  };
}
