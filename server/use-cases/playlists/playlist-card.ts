import type { LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import { playlistCoverView } from './playlist-cover-view.ts';
import type { PlaylistCoverRow } from '#server/repos/sync/playlist-covers.ts';
import type { RestRules } from '#server/repos/curation/playlists.ts';
import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';
import type { ShownList } from '#shared/contracts/playlists/shown-list.ts';
import type { Freshness, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';

const UNKNOWN_SOUND: SoundNumbers = { energy: null, valence: null, tempo: null, acousticness: null, year: null };

interface CardFacts {
  readonly today: string;
  /** The list that the card is about: the one that Spotify shows, else the newest one made. */
  readonly list: LatestSnapshot | undefined;
  readonly shown: ShownList | undefined;
  readonly repeats: number;
  readonly daysOnRecord: number;
  readonly todayStatus: 'published' | 'unfilled' | undefined;
  readonly cover: PlaylistCoverRow | undefined;
}

/** A playlist as a card. On an unfilled day the earlier list stays, with `freshness` set to `unfilled`. */
export function toCard(playlist: RestRules, { today, list, shown, repeats, daysOnRecord, todayStatus, cover }: CardFacts): PlaylistCard {
  const isShown = shown?.status === 'shown' && shown.listDay === list?.day;
  const day = (isShown ? shown.day : list?.day) ?? null;
  const edits = isShown ? shown.edits : null;
  return {
    index: playlist.globalIndex,
    themeTag: playlist.themeTag,
    blurb: playlist.blurb,
    day,
    listDay: list?.day ?? null,
    freshness: freshnessOf(today, day, todayStatus),
    onSpotify: shown?.status ?? 'nowhere',
    since: shown?.since ?? null,
    unconfirmedSince: shown?.unconfirmedSince ?? null,
    editedTracks: edits === null ? 0 : edits.added.length + edits.removed.length,
    size: edits === null ? (list?.size ?? 0) : edits.uris.length,
    restDays: list?.restDays ?? playlist.policy.rest.days,
    daysOnRecord,
    repeats,
    changed: list?.changed ?? 0,
    sound: list?.report.sound ?? UNKNOWN_SOUND,
    artists: list?.artists ?? [],
    cover: cover ? playlistCoverView(cover) : null,
  };
}

function freshnessOf(today: string, day: string | null, todayStatus: CardFacts['todayStatus']): Freshness {
  if (day === today) return 'today';
  if (todayStatus === 'unfilled') return 'unfilled';
  return day === null ? 'waiting' : 'earlier';
}
