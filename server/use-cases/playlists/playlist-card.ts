import type { LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';
import type { Freshness, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';

const UNKNOWN_SOUND: SoundNumbers = { energy: null, valence: null, tempo: null, acousticness: null, year: null };

interface CardFacts {
  readonly today: string;
  readonly latest: LatestSnapshot | undefined;
  readonly repeats: number;
  readonly todayStatus: 'published' | 'unfilled' | undefined;
}

/** A playlist as a card. On an unfilled day the earlier list stays, with `freshness` set to `unfilled`. */
export function toCard(playlist: CuratedPlaylist, { today, latest, repeats, todayStatus }: CardFacts): PlaylistCard {
  return {
    index: playlist.globalIndex,
    themeTag: playlist.themeTag,
    blurb: playlist.blurb,
    day: latest?.day ?? null,
    freshness: freshnessOf(today, latest?.day, todayStatus),
    size: latest?.size ?? 0,
    restDays: latest?.restDays ?? playlist.policy.rest.days,
    repeats,
    changed: latest?.changed ?? 0,
    sound: latest?.report.sound ?? UNKNOWN_SOUND,
    artists: latest?.artists ?? [],
  };
}

function freshnessOf(today: string, day: string | undefined, todayStatus: CardFacts['todayStatus']): Freshness {
  if (day === today) return 'today';
  if (todayStatus === 'unfilled') return 'unfilled';
  return day === undefined ? 'waiting' : 'earlier';
}
